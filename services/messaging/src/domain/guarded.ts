import {
  type Draft,
  type GuardLevel,
  type MessageFinding,
  guardLevels,
  judgeMessage,
} from '@ranselpost/kit/guard';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { UnitKind } from './audience.ts';

/** A refusal holds places in the text and none of it: whatever was diverted stays with whoever wrote it (MSG-10). */
export type GuardRefusal =
  /** Cannot be sent: it belongs in the contact form (MSG-08). */
  | { readonly kind: 'text-diverted'; readonly findings: readonly MessageFinding[] }
  /** May be sent by whoever has read it once more. */
  | { readonly kind: 'text-to-reread'; readonly findings: readonly MessageFinding[] };

/** How a text was written, beside what it says. */
export interface Guarding {
  /** Its writer has seen what the guard says, and sends it all the same. */
  readonly isReread: boolean;
  /**
   * First names that the writer's device knows to be of their own children and of the staff; nobody is called anything here.
   * Whoever names others so deceives their own guard alone.
   */
  readonly knownNames: readonly string[];
}

/** How strict the guard is at each kind of unit, as the municipality has it. */
export type GuardLevels = Readonly<Record<UnitKind, GuardLevel>>;

/**
 * Where the municipality says nothing, and what it cannot go below: a kindergarten is told less than a school, and after school is
 * judged as school is (features § 16, tension 2).
 */
export const leastStrict: GuardLevels = {
  SCHOOL: 'SCHOOL',
  AFTER_SCHOOL: 'SCHOOL',
  KINDERGARTEN: 'KINDERGARTEN',
};

/** Whether one level is as strict as another or more: levels stand from the most lenient to the strictest. */
export const isAsStrictAs = (level: GuardLevel, other: GuardLevel): boolean =>
  guardLevels.indexOf(level) >= guardLevels.indexOf(other);

/** The strictest at any of the kinds of units that are spoken to. */
export const guardLevelAt = (kinds: readonly (UnitKind | null)[], levels: GuardLevels): GuardLevel =>
  kinds
    .map((kind) => levels[kind ?? 'SCHOOL'])
    .reduce((one, other) => (isAsStrictAs(one, other) ? one : other), 'SCHOOL');

/**
 * Whether something may be sent, as the writer's own device has judged already (MSG-10). It is judged as it was given, so that
 * passages stand where the writer sees them.
 */
export function decideGuarded(
  draft: Draft,
  level: GuardLevel,
  { isReread, knownNames }: Guarding,
): Result<true, GuardRefusal> {
  const { verdict, findings } = judgeMessage(draft, { level, knownNames });
  if (verdict === 'DIVERT') return refuse({ kind: 'text-diverted', findings });
  if (verdict === 'NUDGE' && !isReread) return refuse({ kind: 'text-to-reread', findings });
  return accept(true);
}
