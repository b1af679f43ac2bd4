import { type LocalDate, addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { LawProfile } from './law-profile.ts';
import { type Protection, highest, isHidden } from './protection.ts';
import type { UnitKind } from './staff-roles.ts';
import { onWorkingDay } from '@ranselpost/kit/pure/working-days';

/** One concrete question of a parent without responsibility, and its one answer (barnelova § 47, GUA-07). */
export type RequestState = 'RECEIVED' | 'CHECKED' | 'ANSWERED' | 'REFUSED' | 'WITHDRAWN';

/**
 * On whose table it lies. Nobody's at first: whom it may be about is looked up later, so that taking it in costs the same
 * whoever it is (GUA-20). From the protection officers' it never goes back to the others' (ADR-13).
 */
export type Route = 'UNSORTED' | 'DESK' | 'PROTECTION';

/** One protected child among those whom a request may mean is enough (ADR-01, ADR-04). */
export const routeFor = (levels: readonly Protection[]): Route =>
  isHidden(highest(levels)) ? 'PROTECTION' : 'DESK';

/** How the asker stands to the child. A holder asks here when something keeps them from seeing the child (GUA-12). */
export type Standing = 'PARENT_BY_REGISTER' | 'PARENT_BY_PROOF' | 'HOLDER' | 'NOT_SHOWN';

/** What ended the right together with the responsibility (GUA-08). */
export type VoidBy = 'CHILD_WELFARE' | 'COUNTY_GOVERNOR';

export type RefusalGround =
  'NO_CHILD_HERE' | 'NOT_A_PARENT' | 'RIGHT_VOID' | 'HARM' | 'SECRECY' | 'PROTECTED';

/** What staff found out. */
export interface Findings {
  /** Null: nobody whom it can be about. */
  readonly childId: string | null;
  readonly standing: Standing;
  readonly voidBy: VoidBy | null;
  readonly isHarmful: boolean;
  /** Under secrecy towards parents too. */
  readonly isSecret: boolean;
}

export type Draft =
  | { readonly kind: 'ANSWER'; readonly by: string }
  | { readonly kind: 'REFUSAL'; readonly ground: RefusalGround; readonly by: string };

export interface InformationRequest {
  readonly requestId: string;
  readonly askerId: string;
  readonly scope: UnitKind;
  readonly state: RequestState;
  readonly route: Route;
  readonly receivedAt: Date;
  readonly findings: Findings | null;
  /** Written, and told to nobody yet. */
  readonly draft: Draft | null;
  readonly closedAt: Date | null;
  /** When the asker first opened the decision: it has arrived (ADM-03). */
  readonly openedAt: Date | null;
  readonly complainedAt: Date | null;
}

const mostOpen = 3;
const mostInADay = 5;
const answerDays = 30;
const rereadMs = 15 * 60_000;

/** A few at a time and in a day, counted over the asker's own alone: the refusal tells nothing (GUA-20). */
export const decideAsking = (own: {
  readonly open: number;
  readonly inADay: number;
}): Result<'received', { readonly kind: 'too-many' }> =>
  own.open >= mostOpen || own.inADay >= mostInADay ? refuse({ kind: 'too-many' }) : accept('received');

/** What the asker is told of how far it is: nothing, until there is a decision (GUA-20). */
export const toldState = (state: RequestState): Exclude<RequestState, 'CHECKED'> =>
  state === 'CHECKED' ? 'RECEIVED' : state;

export const isOpen = ({ state }: Pick<InformationRequest, 'state'>): boolean =>
  state === 'RECEIVED' || state === 'CHECKED';

export type HandlingRefusal = {
  readonly kind:
    | 'closed'
    | 'not-a-candidate'
    | 'not-checked'
    | 'findings-forbid'
    | 'reveals-place'
    | 'nothing-drafted'
    | 'second-person-needed';
};

/** What the register says of asker and child, as far as the check needs it. */
export interface RegisterFacts {
  /** Children whom the asker's words may mean. */
  readonly candidates: readonly string[];
  readonly isParent: boolean;
  readonly isHolder: boolean;
}

/** What a member of staff says at the check. Standing is not theirs to say: the register does, or the proof they saw. */
export interface CheckInput extends Omit<Findings, 'standing'> {
  readonly hasProof: boolean;
}

/** Checking anew is correcting: what was written on the first check falls. */
export function decideCheck(
  request: InformationRequest,
  { hasProof, ...input }: CheckInput,
  register: RegisterFacts,
): Result<Findings, HandlingRefusal> {
  if (!isOpen(request)) return refuse({ kind: 'closed' });
  if (input.childId !== null && !register.candidates.includes(input.childId))
    return refuse({ kind: 'not-a-candidate' });
  return accept({ ...input, standing: standingOf(input.childId, hasProof, register) });
}

function standingOf(childId: string | null, hasProof: boolean, register: RegisterFacts): Standing {
  if (childId === null) return 'NOT_SHOWN';
  if (register.isHolder) return 'HOLDER';
  if (register.isParent) return 'PARENT_BY_REGISTER';
  return hasProof ? 'PARENT_BY_PROOF' : 'NOT_SHOWN';
}

/** A parent is answered, unless one of the reasons for refusing was found. */
export const mayBeAnswered = (findings: Findings): boolean =>
  findings.childId !== null &&
  findings.standing !== 'NOT_SHOWN' &&
  findings.voidBy === null &&
  !findings.isHarmful &&
  !findings.isSecret;

/** The grounds that findings carry: without one, nothing is refused (GUA-08). */
export function groundsFor(findings: Findings, route: Route): readonly RefusalGround[] {
  const found: readonly (readonly [RefusalGround, boolean])[] = [
    ['PROTECTED', route === 'PROTECTION'],
    ['NO_CHILD_HERE', findings.childId === null],
    ['NOT_A_PARENT', findings.childId !== null && findings.standing === 'NOT_SHOWN'],
    ['RIGHT_VOID', findings.voidBy !== null],
    ['HARM', findings.isHarmful],
    ['SECRECY', findings.isSecret],
  ];
  return found.filter(([, holds]) => holds).map(([ground]) => ground);
}

/** A ground as the asker may know it. `UNTOLD` stands for all that would tell whether the child is known here. */
export type ToldGround = Exclude<RefusalGround, 'NO_CHILD_HERE' | 'NOT_A_PARENT' | 'PROTECTED'> | 'UNTOLD';

/** Nobody here, nobody's parent, and hidden are one and the same letter (GUA-20, ADR-04, S-06). */
export function toToldGround(ground: RefusalGround, route: Route): ToldGround {
  if (route === 'PROTECTION') return 'UNTOLD';
  return ground === 'RIGHT_VOID' || ground === 'HARM' || ground === 'SECRECY' ? ground : 'UNTOLD';
}

/** Writes an answer or a refusal. `places` are the names of units and groups where the child is, was or will be. */
export function decideDraft(
  request: InformationRequest,
  draft: Draft,
  { text, places }: { readonly text: string; readonly places: readonly string[] },
): Result<Draft, HandlingRefusal> {
  if (!isOpen(request)) return refuse({ kind: 'closed' });
  const { findings, route } = request;
  if (findings === null) return refuse({ kind: 'not-checked' });
  const isCarried =
    draft.kind === 'ANSWER' ? mayBeAnswered(findings) : groundsFor(findings, route).includes(draft.ground);
  if (!isCarried) return refuse({ kind: 'findings-forbid' });
  // The second person reads it too: this only catches what nobody means to write (GUA-08, ADR-04).
  if (route === 'PROTECTION' && namesPlace(text, places)) return refuse({ kind: 'reveals-place' });
  return accept(draft);
}

/** Tells the asker. For a protected child it takes a second person (security § 2). */
export function decideRelease(request: InformationRequest, handler: string): Result<Draft, HandlingRefusal> {
  if (!isOpen(request)) return refuse({ kind: 'closed' });
  const { draft, route } = request;
  if (draft === null) return refuse({ kind: 'nothing-drafted' });
  if (route === 'PROTECTION' && draft.by === handler) return refuse({ kind: 'second-person-needed' });
  return accept(draft);
}

export const decideWithdrawal = (
  request: InformationRequest,
): Result<'withdrawn', { readonly kind: 'decided' }> =>
  isOpen(request) ? accept('withdrawn') : refuse({ kind: 'decided' });

/** Until when an answer waits to be read. */
export const answerExpiresOn = (closedAt: Date): LocalDate => addDays(localDateAt(closedAt), answerDays);

/**
 * An answer is read once: under the same key again for a little while, because a connection may break off. A refusal can
 * be read as often as it takes to complain.
 */
export function decideOpening(
  request: InformationRequest,
  { now, isFirstKey }: { readonly now: Date; readonly isFirstKey: boolean },
): Result<'opened', { readonly kind: 'not-decided' | 'gone' }> {
  const { state, closedAt, openedAt } = request;
  if (closedAt === null || (state !== 'ANSWERED' && state !== 'REFUSED'))
    return refuse({ kind: 'not-decided' });
  if (state === 'REFUSED') return accept('opened');
  if (openedAt === null)
    return localDateAt(now) < answerExpiresOn(closedAt) ? accept('opened') : refuse({ kind: 'gone' });
  return isFirstKey && now.getTime() - openedAt.getTime() < rereadMs
    ? accept('opened')
    : refuse({ kind: 'gone' });
}

/** The last day to complain. Null while the refusal has not arrived: in doubt the time has not begun (ADM-03). */
export const complaintDeadline = (openedAt: Date | null, law: LawProfile): LocalDate | null =>
  openedAt === null
    ? null
    : onWorkingDay(addDays(localDateAt(openedAt), 7 * law.administration.complaintWeeks));

/** A late complaint is received all the same, and then looked at as late (ADM-06). */
export function decideComplaint(
  request: InformationRequest,
  today: LocalDate,
  law: LawProfile,
): Result<{ readonly isLate: boolean }, { readonly kind: 'nothing-refused' | 'already-complained' }> {
  if (request.state !== 'REFUSED') return refuse({ kind: 'nothing-refused' });
  if (request.complainedAt !== null) return refuse({ kind: 'already-complained' });
  const deadline = complaintDeadline(request.openedAt, law);
  return accept({ isLate: deadline !== null && deadline < today });
}

/** True when nothing of the texts is needed here any more, given that the archive has them (RET-02). */
export function isOver(
  request: Pick<InformationRequest, 'state' | 'closedAt' | 'openedAt' | 'complainedAt'>,
  now: Date,
  law: LawProfile,
): boolean {
  const { state, closedAt, openedAt, complainedAt } = request;
  if (closedAt === null) return false;
  if (state === 'ANSWERED')
    return openedAt === null
      ? answerExpiresOn(closedAt) <= localDateAt(now)
      : now.getTime() - openedAt.getTime() >= rereadMs;
  if (state === 'WITHDRAWN' || complainedAt !== null) return true;
  const deadline = complaintDeadline(openedAt, law);
  return deadline !== null && deadline < localDateAt(now);
}

/** Words as they are compared: without case, accents, and what stands between them. */
const words = (text: string): readonly string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLocaleLowerCase('nb')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

const namesPlace = (text: string, places: readonly string[]): boolean => {
  const said = ` ${words(text).join(' ')} `;
  return places.some((place) => words(place).length > 0 && said.includes(` ${words(place).join(' ')} `));
};

/** True when two names have a word in common, as they have when somebody leaves out a middle name or married. */
export const shareAName = (one: string, other: string): boolean => {
  const known = new Set(words(other).filter((word) => word.length > 1));
  return words(one).some((word) => known.has(word));
};
