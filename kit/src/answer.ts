import { type ReadKind, childReadShape } from '@ranselpost/schema/events/child-read';
import { type DataOf, defineEvent } from '@ranselpost/schema/events/event';
import type { Tx } from './database.ts';
import { newId } from './ids.ts';
import { tell } from './outbox.ts';
import type { Actor, StaffActor, TabletActor } from './pure/actor.ts';
import { AppError } from './pure/errors.ts';
import { type AccessFacts, alsoAtTablet, groundOfCharge, isProtected } from './pure/grounds.ts';

/** That staff are told something of a child, and what opens it to them: a line of the access log (S-11). */
export interface ChildRead {
  readonly childId: string;
  readonly kind: ReadKind;
  /** Where the role is held. Null for a role in the whole municipality. */
  readonly unitId: string | null;
  readonly role: string;
  /** The rule that permits it, by its id. */
  readonly rule: string;
}

const isMadeHere: unique symbol = Symbol('answer');

/**
 * What a request answers, and whom staff get to know of by it. There is no answer to a request but in this form, made by
 * one of the two functions below: whoever writes a use case has to say it, and `asActor` keeps it before anything is
 * answered.
 */
export interface Answer<Value> {
  readonly [isMadeHere]: true;
  readonly value: Value;
  readonly reads: readonly ChildRead[];
}

/** An answer that tells staff of children: of those in `reads` and of no other. */
export const about = <Value>(reads: readonly ChildRead[], value: Value): Answer<Value> => ({
  [isMadeHere]: true,
  value,
  reads,
});

/** An answer that tells of no child. A check of the house knows which use cases may say so, and why. */
export const aboutNobody = <Value>(value: Value): Answer<Value> => about([], value);

/** Unwraps an answer. Throws for anything else, which says of nobody whom it is about. */
export function openAnswer<Value>(answer: Answer<Value>): Answer<Value> {
  if (answer?.[isMadeHere] !== true)
    throw new Error('a request answers with `about` or `aboutNobody` of kit/answer, and with nothing else');
  return answer;
}

/**
 * What is read when staff are told of children whom they have in their charge; at which unit, where that is known. Nothing
 * for guardians, whose own children they are. Throws when there is no charge: what nobody can give a ground for is
 * answered to nobody.
 */
export function readsOf(
  kind: ReadKind,
  actor: Actor,
  facts: AccessFacts,
  told: readonly { readonly childId: string; readonly unitId?: string }[],
): readonly ChildRead[] {
  if (!isLogged(actor)) return [];
  return told.map(({ childId, unitId }) => {
    const ground = groundOfCharge(...alsoAtTablet(actor, facts), childId, unitId);
    if (ground === undefined)
      throw new AppError('INTERNAL', 'staff were to be told of a child without a ground');
    return { childId, kind, ...ground, rule: isProtected(facts, childId) ? 'ADR-10' : 'S-02' };
  });
}

/** Whose reads are kept: those of staff, wherever they are. */
export const isLogged = (actor: Actor): actor is StaffActor | TabletActor =>
  actor.kind === 'staff' || actor.kind === 'tablet';

/** What one transaction has told a member of staff. */
export type StaffRead = DataOf<ReturnType<typeof childReadOf>>;

/** A fact goes over the bus whole, so that a file about a whole municipality is several. */
const mostReads = 2_000;

/** The same child and kind of data on the same ground once, however often it stands in the answer. */
export function toStaffReads(
  actor: StaffActor | TabletActor,
  reads: readonly ChildRead[],
): readonly StaffRead[] {
  const once = new Map(
    reads.map((read) => [[read.childId, read.kind, read.unitId, read.role, read.rule].join(' '), read]),
  );
  const told = [...once.values()];
  return Array.from({ length: Math.ceil(told.length / mostReads) }, (_none, part) => ({
    ...{ readId: newId(), readerId: actor.personId, capacity: 'staff' as const },
    reads: told.slice(part * mostReads, (part + 1) * mostReads),
    ...(actor.kind === 'tablet' ? { tabletId: actor.tabletId } : {}),
  }));
}

/** Keeps what staff have read in the service's outbox, on its way to the access log of identity. */
export const tellReads =
  (service: string) =>
  (tx: Tx, read: StaffRead): Promise<void> =>
    tell(tx, childReadOf(service), read);

const childReadOf = (service: string) => defineEvent(`${service}.child.read.v1`, 'readId', childReadShape);
