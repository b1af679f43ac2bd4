import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { tell } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { isWithin, localDateAt } from '@ranselpost/kit/pure/dates';
import { requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { noticeDueV1 } from '@ranselpost/schema/events/attendance/notice-due.v1';
import { type CertificateRefusal, gradeOf } from '../domain/certificate.ts';
import { firstCertified } from '../domain/counting.ts';
import { mayAnswerForChild } from '../domain/leave-policy.ts';
import { daysOfSchoolYear } from '../domain/leave-regulation.ts';
import * as certificates from '../store/certificates.ts';
import { placeOf, toldOf } from '../store/thresholds.ts';
import type { PupilYear } from './certificate-facts.ts';
import { loadCountFacts } from './count-facts.ts';
import type { Deps } from './deps.ts';

export interface RemovalWish extends PupilYear {
  readonly withCauses: boolean;
}

type Outcome = Result<PupilYear, CertificateRefusal>;
interface Asked {
  readonly outcome: Outcome;
  /** What the leader is told of; null where it was asked before. */
  readonly request: { readonly id: string; readonly childId: string; readonly unitId: string } | null;
}

/**
 * Asks for days to be left out of a pupil's certificate (ABS-07), at the school that it goes to now, whose leader is told that there is
 * something to decide. Asked again it is the same.
 */
export const requestRemoval = (deps: Deps, actor: Actor, wish: RemovalWish) =>
  deps.db.decide(
    actor,
    (tx) => ask(tx, deps, actor, wish),
    async (tx, { outcome, request }) => {
      if (request !== null) await tellLeader(tx, deps, request);
      return aboutNobody(outcome);
    },
  );

async function ask(tx: Tx, deps: Deps, actor: Actor, wish: RemovalWish): Promise<Asked> {
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
    return { outcome: refuse({ kind: 'certificate-no-grade' }), request: null };
  const feature = requireFeature(facts.standings, school.unitId);
  if (!feature.ok) return { outcome: feature, request: null };
  await certificates.lockPupil(tx, childId);
  const request = { id: deps.newId(), childId, unitId: school.unitId };
  const isNew = await certificates.request(tx, { ...wish, ...request }, actor.personId);
  return { outcome: accept(wish), request: isNew ? request : null };
}

/** As the service. Of a protected pupil nothing leaves by itself (S-08): whoever is named for it sees the request at the school. */
async function tellLeader(tx: Tx, deps: Deps, request: NonNullable<Asked['request']>): Promise<void> {
  const { isProtected } = await placeOf(tx, request, localDateAt(deps.now()));
  const told = isProtected ? [] : await toldOf(tx, request, ['LEADER']);
  if (told.length === 0) return;
  const { id: noticeId, childId, unitId } = request;
  await tell(tx, noticeDueV1, {
    ...{ noticeId, category: 'ABSENCE_NEWS', importance: 'ORDINARY', unitId },
    recipients: told.map((personId) => ({ personId, capacity: 'staff' as const, childIds: [childId] })),
    ...{ subjectId: noticeId, occurredAt: deps.now().toISOString() },
  });
}
