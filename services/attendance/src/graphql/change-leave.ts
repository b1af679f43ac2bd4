import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Result } from '@ranselpost/kit/pure/result';
import type { Leave, LeaveRefusal } from '../domain/leave.ts';
import { applyForLeave } from '../usecases/apply-for-leave.ts';
import { complainAboutLeave } from '../usecases/complain-about-leave.ts';
import { decideLeave } from '../usecases/decide-leave.ts';
import { forwardLeaveComplaint } from '../usecases/forward-leave-complaint.ts';
import { objectToLeave } from '../usecases/object-to-leave.ts';
import { openLeaveDecision } from '../usecases/open-leave-decision.ts';
import { reverseLeaveDecision } from '../usecases/reverse-leave-decision.ts';
import { withdrawLeave } from '../usecases/withdraw-leave.ts';
import type { Context } from './context.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type { LeaveRefused, MutationResolvers, RefusalCode } from './generated/types.ts';
import { shownLeave } from './leave.ts';
import { said } from './refusal-texts.ts';

const textMax = 4_000;

/** A text as it was given; none where it is empty. */
function readText(text: string | null | undefined): string | null {
  if (text !== null && text !== undefined && text.length > textMax)
    throw new AppError('BAD_USER_INPUT', `a text has at most ${textMax} characters`);
  return text === undefined || text === null || text.trim() === '' ? null : text;
}

function requireKey(key: string): void {
  if (key.length < 1 || key.length > 64)
    throw new AppError('BAD_USER_INPUT', 'an idempotency key has 1 to 64 characters');
}

/** What a refusal has nothing of. */
const nothing = { exceptions: [], days: null } as const;

type Change =
  | 'applyForLeave'
  | 'objectToLeave'
  | 'withdrawLeave'
  | 'grantLeave'
  | 'refuseLeave'
  | 'openLeaveDecision'
  | 'complainAboutLeave'
  | 'forwardLeaveComplaint'
  | 'reverseLeaveDecision';

export const leaveMutations: Required<Pick<MutationResolvers<Context>, Change>> = {
  applyForLeave: async (_parent, { input }, context) => {
    requireKey(input.idempotencyKey);
    if (!isId(input.childId)) throw new AppError('NOT_FOUND');
    const { childHearing: hearing, ...wish } = input;
    const texts = { reason: readText(input.reason), childView: readText(input.childView) };
    const result = await applyForLeave(context.deps, context.actor, { ...wish, ...texts, hearing });
    return answer(context, result, 'LeaveApplied');
  },
  objectToLeave: async (_parent, { input: { leaveId, text } }, context) => {
    if (!isId(leaveId)) throw new AppError('NOT_FOUND');
    const objection = { leaveId, text: readText(text) };
    return answer(context, await objectToLeave(context.deps, context.actor, objection), 'LeaveObjected');
  },
  withdrawLeave: async (_parent, { input: { leaveId, from } }, context) => {
    if (!isId(leaveId)) throw new AppError('NOT_FOUND');
    const wanted = { leaveId, from: from ?? null };
    return answer(context, await withdrawLeave(context.deps, context.actor, wanted), 'LeaveWithdrawn');
  },
  grantLeave: async (_parent, { input: { childHearing, ...input } }, context) => {
    requireKey(input.idempotencyKey);
    if (!isId(input.leaveId)) throw new AppError('NOT_FOUND');
    const { exceptions = [], days = null, ...wanted } = input;
    const verdict = {
      ...wanted,
      days,
      exceptions,
      outcome: 'GRANTED' as const,
      hearing: childHearing ?? null,
    };
    const reasons = readText(input.reasons);
    return answer(
      context,
      await decideLeave(context.deps, context.actor, { ...verdict, reasons }),
      'LeaveDecided',
    );
  },
  openLeaveDecision: async (_parent, { input: { leaveId } }, context) => {
    if (!isId(leaveId)) throw new AppError('NOT_FOUND');
    const result = await openLeaveDecision(context.deps, context.actor, leaveId);
    if (!result.ok) {
      return {
        __typename: 'LeaveRefused',
        ...said('LEAVE_NOT_DECIDED'),
        leave: null,
        exceptionsNeeded: null,
      };
    }
    const { text, complaintUntil } = result.value;
    return {
      ...{ __typename: 'LeaveDecisionOpened', text, complaintUntil },
      leave: await shownLeave(context, leaveId),
    };
  },
  refuseLeave: async (_parent, { input: { childHearing, ...input } }, context) => {
    requireKey(input.idempotencyKey);
    if (!isId(input.leaveId)) throw new AppError('NOT_FOUND');
    const verdict = { ...input, outcome: 'REFUSED' as const, ...nothing, hearing: childHearing ?? null };
    const reasons = readText(input.reasons);
    return answer(
      context,
      await decideLeave(context.deps, context.actor, { ...verdict, reasons }),
      'LeaveDecided',
    );
  },
  complainAboutLeave: async (_parent, { input: { leaveId, text } }, context) => {
    if (!isId(leaveId)) throw new AppError('NOT_FOUND');
    const complaint = { leaveId, text: readText(text) };
    const result = await complainAboutLeave(context.deps, context.actor, complaint);
    return answer(context, result, 'LeaveComplained');
  },
  forwardLeaveComplaint: async (_parent, { input: { complaintId, note } }, context) => {
    if (!isId(complaintId)) throw new AppError('NOT_FOUND');
    const wanted = { complaintId, note: readText(note) };
    const result = await forwardLeaveComplaint(context.deps, context.actor, wanted);
    return answer(context, result, 'LeaveComplaintForwarded');
  },
  reverseLeaveDecision: async (_parent, { input }, context) => {
    requireKey(input.idempotencyKey);
    if (!isId(input.leaveId)) throw new AppError('NOT_FOUND');
    const { exceptions = [], days = null, reasons, ...wanted } = input;
    const verdict = { ...wanted, days, exceptions, hearing: null, reasons: readText(reasons) };
    return answer(context, await reverseLeaveDecision(context.deps, context.actor, verdict), 'LeaveDecided');
  },
};

type Told =
  | 'LeaveApplied'
  | 'LeaveObjected'
  | 'LeaveWithdrawn'
  | 'LeaveDecided'
  | 'LeaveComplained'
  | 'LeaveComplaintForwarded';

/** The leave as it stands now, or why not. */
async function answer<Name extends Told>(context: Context, result: Result<Leave, LeaveRefusal>, name: Name) {
  if (!result.ok)
    return result.refusal.kind === 'feature-closed'
      ? toFeatureClosed(result.refusal)
      : toRefused(context, result.refusal);
  context.leaves.clear(result.value.id);
  return { __typename: name, leave: await shownLeave(context, result.value.id) };
}

/** What is refused where absence is open. */
type OpenRefusal = Exclude<LeaveRefusal, { kind: 'feature-closed' }>;

const codes: Readonly<Record<OpenRefusal['kind'], RefusalCode>> = {
  'leave-period-wrong': 'LEAVE_PERIOD_WRONG',
  'leave-unit-wrong': 'LEAVE_UNIT_WRONG',
  'leave-no-regulation': 'LEAVE_NO_REGULATION',
  'leave-no-school-day': 'LEAVE_NO_SCHOOL_DAY',
  'leave-reason-missing': 'LEAVE_REASON_MISSING',
  'leave-reason-unwanted': 'LEAVE_REASON_UNWANTED',
  'leave-teaching-not-seen-to': 'LEAVE_TEACHING_NOT_SEEN_TO',
  'leave-child-view-missing': 'LEAVE_CHILD_VIEW_MISSING',
  'leave-overlaps': 'LEAVE_OVERLAPS',
  'leave-decided': 'LEAVE_DECIDED',
  'leave-not-decided': 'LEAVE_NOT_DECIDED',
  'leave-unchanged': 'LEAVE_UNCHANGED',
  'leave-complained': 'LEAVE_COMPLAINED',
  'leave-complaint-missing': 'LEAVE_COMPLAINT_MISSING',
  'leave-complaint-settled': 'LEAVE_COMPLAINT_SETTLED',
  'leave-over': 'LEAVE_OVER',
  'leave-for-the-leader': 'LEAVE_FOR_THE_LEADER',
  'leave-of-another': 'LEAVE_OF_ANOTHER',
  'leave-child-unheard': 'LEAVE_CHILD_UNHEARD',
  'leave-reasons-missing': 'LEAVE_REASONS_MISSING',
  'leave-exception-needed': 'LEAVE_EXCEPTION_NEEDED',
};

async function toRefused(
  context: Context,
  refusal: OpenRefusal,
): Promise<LeaveRefused & { readonly __typename: 'LeaveRefused' }> {
  return {
    ...{ __typename: 'LeaveRefused', ...said(codes[refusal.kind]) },
    standing: 'leave' in refusal ? await shownLeave(context, refusal.leave.id) : null,
    exceptionsNeeded: 'needed' in refusal ? refusal.needed : null,
  };
}
