import { aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { isWithin } from '@ranselpost/kit/pure/dates';
import { requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type CertificateRefusal, gradeOf } from '../domain/certificate.ts';
import { firstCertified } from '../domain/counting.ts';
import { mayAnswerForChild } from '../domain/leave-policy.ts';
import { daysOfSchoolYear } from '../domain/leave-regulation.ts';
import * as certificates from '../store/certificates.ts';
import type { PupilYear } from './certificate-facts.ts';
import { loadCountFacts } from './count-facts.ts';
import type { Deps } from './deps.ts';

export interface RemovalWish extends PupilYear {
  readonly withCauses: boolean;
}

/** Asks for days to be left out of a pupil's certificate (ABS-07), at the school that it goes to now. Asked again it is the same. */
export const requestRemoval = (deps: Deps, actor: Actor, wish: RemovalWish) =>
  deps.db.asActor<Result<PupilYear, CertificateRefusal>>(actor, async (tx) => {
    const { childId } = wish;
    const facts = await loadCountFacts(tx, deps, actor, [childId]);
    mayAnswerForChild(actor, facts, childId);
    const school = facts.enrolments.find(
      (place) =>
        place.childId === childId &&
        facts.schoolIds.has(place.unitId) &&
        isWithin(facts.today, place.from, place.to),
    );
    const year = { schoolYear: wish.schoolYear, ...daysOfSchoolYear(wish.schoolYear) };
    const grade = gradeOf(await certificates.ofPupil(tx, childId, year));
    if (school === undefined || grade === null || grade < firstCertified)
      return aboutNobody(refuse({ kind: 'certificate-no-grade' }));
    const feature = requireFeature(facts.standings, school.unitId);
    if (!feature.ok) return aboutNobody(feature);
    await certificates.lockPupil(tx, childId);
    await certificates.request(tx, { ...wish, id: deps.newId(), unitId: school.unitId }, actor.personId);
    return aboutNobody(accept(wish));
  });
