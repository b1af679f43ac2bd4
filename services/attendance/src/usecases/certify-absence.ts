import { about, readsOf } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { tell } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { noticeDroppedV1 } from '@ranselpost/schema/events/attendance/notice-dropped.v1';
import { schoolYearOf } from '../domain/calendar.ts';
import {
  type CertificateRefusal,
  decideCertification,
  decideRemoval as decide,
  isNoteRight,
} from '../domain/certificate.ts';
import type { HealthNote } from '../domain/counting.ts';
import { type CertifyingActor, groundToCount, mayCertify } from '../domain/counting-policy.ts';
import * as certificates from '../store/certificates.ts';
import { type PupilYear, loadCertificate } from './certificate-facts.ts';
import { type LoadedCountFacts, isCountShown, loadCountFacts } from './count-facts.ts';
import type { Deps } from './deps.ts';

type Outcome = Result<PupilYear, CertificateRefusal>;

/** Changes a pupil's certificate as the leader of its school, one at a time. */
async function change(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  childId: string,
  act: (by: CertifyingActor, facts: LoadedCountFacts) => Promise<Outcome>,
) {
  const facts = await loadCountFacts(tx, deps, actor, [childId]);
  const by = mayCertify(actor, facts, childId);
  const reads = readsOf('ABSENCE', actor, facts, [{ childId, unitId: by.unitId }]);
  const feature = requireFeature(facts.standings, by.unitId);
  if (!feature.ok) return about<Outcome>(reads, feature);
  await certificates.lockPupil(tx, childId);
  return about(reads, await act(by, facts));
}

/** Accepts a request for removal, or refuses it and says why: once (ABS-07). */
export const decideRemoval = (
  deps: Deps,
  actor: Actor,
  verdict: {
    readonly requestId: string;
    readonly outcome: 'ACCEPTED' | 'REFUSED';
    readonly reason: string | null;
  },
) =>
  deps.db.asActor(actor, async (tx) => {
    const seen = await certificates.requestById(tx, verdict.requestId);
    if (seen === undefined) throw new AppError('NOT_FOUND');
    return change(tx, deps, actor, seen.childId, async ({ personId }) => {
      const request = (await certificates.requestById(tx, seen.id))!;
      const decision = decide(request, verdict);
      if (!decision.ok) return decision;
      if (decision.value === 'decided') {
        const by = { ...verdict, decidedBy: personId, at: deps.now() };
        if (!(await certificates.decideRequest(tx, seen.id, by))) throw new AppError('NOT_FOUND');
        await tell(tx, noticeDroppedV1, { noticeId: seen.id });
      }
      return accept(request);
    });
  });

/** Notes that illness of some days has been documented, and that the school accepts it (ABS-08, T23). */
export const acceptHealthNote = (deps: Deps, actor: Actor, note: HealthNote & { readonly childId: string }) =>
  deps.db.asActor(actor, (tx) =>
    change(tx, deps, actor, note.childId, async ({ personId, unitId }, { today }) => {
      if (!isNoteRight(note, today)) return refuse({ kind: 'health-note-wrong' });
      await certificates.keepNote(tx, { ...note, id: deps.newId(), unitId }, personId);
      return accept({ childId: note.childId, schoolYear: schoolYearOf(note.from) });
    }),
  );

/** Takes back that illness was documented. */
export const withdrawHealthNote = (deps: Deps, actor: Actor, noteId: string) =>
  deps.db.asActor(actor, async (tx) => {
    const of = await certificates.pupilOfNote(tx, noteId);
    if (of === null) throw new AppError('NOT_FOUND');
    return change(tx, deps, actor, of.childId, async ({ personId }) => {
      await certificates.withdrawNote(tx, noteId, personId, deps.now());
      return accept({ childId: of.childId, schoolYear: schoolYearOf(of.from) });
    });
  });

/** Certifies a pupil's absence as it is counted now; after the first time with a reason, beside what was certified before (ABS-23). */
export const certifyAbsence = (
  deps: Deps,
  actor: Actor,
  wanted: PupilYear & { readonly hours: number | null; readonly reason: string | null },
) =>
  deps.db.asActor(actor, (tx) =>
    change(tx, deps, actor, wanted.childId, async ({ personId, unitId }, facts) => {
      if (wanted.schoolYear > schoolYearOf(facts.today)) return refuse({ kind: 'certificate-year-ahead' });
      const loaded = isCountShown(facts, wanted.childId) ? await loadCertificate(tx, facts, wanted) : null;
      if (loaded === null || loaded === 'hidden') throw new AppError('FEATURE_CLOSED');
      const { certified } = loaded.file;
      const isLeader = groundToCount(actor, facts, wanted.childId)?.as === 'LEADER';
      const decision = decideCertification(loaded.certificate, certified, { ...wanted, isLeader });
      if (!decision.ok) return decision;
      if (decision.value === 'known') return accept(wanted);
      const place = { ...wanted, unitId, nth: certified.length + 1 };
      const reason = certified.length === 0 ? null : wanted.reason;
      await certificates.certify(tx, place, { ...decision.value, reason }, personId);
      return accept(wanted);
    }),
  );
