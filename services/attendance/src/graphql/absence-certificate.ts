import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Result } from '@ranselpost/kit/pure/result';
import type { CertificateRefusal, RemovalRequest } from '../domain/certificate.ts';
import type { LoadedCertificate, PupilYear } from '../usecases/certificate-facts.ts';
import {
  acceptHealthNote,
  certifyAbsence,
  decideRemoval,
  withdrawHealthNote,
} from '../usecases/certify-absence.ts';
import { readAbsenceCertificate } from '../usecases/read-absence-certificate.ts';
import { requestRemoval } from '../usecases/request-removal.ts';
import { setGroupGrade } from '../usecases/set-group-grade.ts';
import type { Context } from './context.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type {
  AbsenceCertificate,
  AbsenceRemoval,
  ChildResolvers,
  MutationResolvers,
  RefusalCode,
} from './generated/types.ts';
import { readSchoolYear } from './leave.ts';
import { said } from './refusal-texts.ts';

const toShownRemoval = ({ requestedAt, decidedAt, outcome, ...request }: RemovalRequest): AbsenceRemoval => ({
  ...{ ...request, requestedAt: requestedAt.toISOString(), state: outcome ?? 'REQUESTED' },
  decidedAt: decidedAt?.toISOString() ?? null,
});

const toShown = (
  { schoolYear, file, certificate }: LoadedCertificate,
  isForStaff: boolean,
): AbsenceCertificate => {
  const { count, grade, removable, leaveDays, healthDays } = certificate;
  return {
    ...{ schoolYear, grade, counted: count, removable },
    causes: file.request?.withCauses === true ? { leaveDays, healthDays } : null,
    removal: file.request === null ? null : toShownRemoval(file.request),
    healthNotes: file.notes.map((note) => ({ ...note, acceptedAt: note.acceptedAt.toISOString() })),
    certified: file.certified.map(({ reason, certifiedAt, ...one }) => ({
      ...{ ...one, certifiedAt: certifiedAt.toISOString() },
      correctionReason: isForStaff ? reason : null,
    })),
  };
};

export const certificateOfChild: Required<Pick<ChildResolvers<Context>, 'absenceCertificate'>> = {
  absenceCertificate: async ({ id: childId }, { schoolYear }, { deps, actor }) => {
    if (!isId(childId)) throw new AppError('NOT_FOUND');
    const wanted = { childId, schoolYear: readSchoolYear(schoolYear) };
    const loaded = await readAbsenceCertificate(deps, actor, wanted);
    if (loaded === 'hidden') throw new AppError('FEATURE_CLOSED');
    return loaded === null ? null : toShown(loaded, actor.kind === 'staff');
  },
};

const codes: Readonly<Record<Exclude<CertificateRefusal['kind'], 'feature-closed'>, RefusalCode>> = {
  'removal-decided': 'REMOVAL_DECIDED',
  'removal-reason-missing': 'REMOVAL_REASON_MISSING',
  'health-note-wrong': 'HEALTH_NOTE_WRONG',
  'certificate-no-grade': 'CERTIFICATE_NO_GRADE',
  'certificate-year-ahead': 'CERTIFICATE_YEAR_AHEAD',
  'certificate-hours-unknown': 'CERTIFICATE_HOURS_UNKNOWN',
  'certificate-hours-counted': 'CERTIFICATE_HOURS_COUNTED',
  'certificate-reason-missing': 'CERTIFICATE_REASON_MISSING',
};

/** The certificate as it stands now, or why nothing was changed. */
async function answer({ deps, actor }: Context, result: Result<PupilYear, CertificateRefusal>) {
  if (!result.ok)
    return result.refusal.kind === 'feature-closed'
      ? toFeatureClosed(result.refusal)
      : { __typename: 'CertificateRefused' as const, ...said(codes[result.refusal.kind]) };
  const { childId, schoolYear } = result.value;
  const loaded = await readAbsenceCertificate(deps, actor, { childId, schoolYear });
  if (loaded === null) throw new AppError('NOT_FOUND');
  if (loaded === 'hidden') throw new AppError('FEATURE_CLOSED');
  return {
    __typename: 'AbsenceCertificateChanged' as const,
    certificate: toShown(loaded, actor.kind === 'staff'),
  };
}

const requireIds = (...ids: readonly string[]): void => {
  if (!ids.every(isId)) throw new AppError('NOT_FOUND');
};
function readReason(text: string | null | undefined): string | null {
  if (text != null && text.length > 4_000)
    throw new AppError('BAD_USER_INPUT', 'a reason has at most 4000 characters');
  return text == null || text.trim() === '' ? null : text;
}

type Change =
  | 'requestAbsenceRemoval'
  | 'acceptAbsenceRemoval'
  | 'refuseAbsenceRemoval'
  | 'acceptHealthNote'
  | 'withdrawHealthNote'
  | 'certifyAbsence'
  | 'setGroupGrade';

export const certificateMutations: Required<Pick<MutationResolvers<Context>, Change>> = {
  requestAbsenceRemoval: async (_parent, { input: { childId, schoolYear, withCauses } }, context) => {
    requireIds(childId);
    const wish = { childId, schoolYear: readSchoolYear(schoolYear)!, withCauses: withCauses ?? false };
    return answer(context, await requestRemoval(context.deps, context.actor, wish));
  },
  acceptAbsenceRemoval: async (_parent, { input: { requestId } }, context) => {
    requireIds(requestId);
    const verdict = { requestId, outcome: 'ACCEPTED' as const, reason: null };
    return answer(context, await decideRemoval(context.deps, context.actor, verdict));
  },
  refuseAbsenceRemoval: async (_parent, { input: { requestId, reason } }, context) => {
    requireIds(requestId);
    const verdict = { requestId, outcome: 'REFUSED' as const, reason: readReason(reason) };
    return answer(context, await decideRemoval(context.deps, context.actor, verdict));
  },
  acceptHealthNote: async (_parent, { input: { isChronic, ...note } }, context) => {
    requireIds(note.childId);
    const wanted = { ...note, isChronic: isChronic ?? false };
    return answer(context, await acceptHealthNote(context.deps, context.actor, wanted));
  },
  withdrawHealthNote: async (_parent, { input: { noteId } }, context) => {
    requireIds(noteId);
    return answer(context, await withdrawHealthNote(context.deps, context.actor, noteId));
  },
  certifyAbsence: async (_parent, { input }, context) => {
    const { childId, hours = null, reason } = input;
    requireIds(childId);
    if (hours !== null && (hours < 0 || hours > 2_000))
      throw new AppError('BAD_USER_INPUT', '0 to 2000 hours');
    const wanted = { childId, hours, schoolYear: readSchoolYear(input.schoolYear)! };
    return answer(
      context,
      await certifyAbsence(context.deps, context.actor, { ...wanted, reason: readReason(reason) }),
    );
  },
  setGroupGrade: async (_parent, { input }, { deps, actor }) => {
    requireIds(input.unitId, input.groupId);
    readSchoolYear(input.schoolYear);
    if (input.grade < 1 || input.grade > 13) throw new AppError('BAD_USER_INPUT', 'grades are 1 to 13');
    const result = await setGroupGrade(deps, actor, input);
    return result.ok
      ? { __typename: 'GroupGradeSet', grade: result.value.grade }
      : toFeatureClosed(result.refusal);
  },
};
