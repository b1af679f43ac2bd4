import { AppError } from '@ranselpost/kit/pure/errors';
import type { Actor, GuardianActor } from '@ranselpost/kit/pure/actor';
import type { PersonRecord } from '@ranselpost/schema/events/registry/person-record';

/** Whoever is signed in as themselves may, with or without a child here: nobody knows before (GUA-20, GUA-24). */
export function mayPrepare(actor: Actor): asserts actor is GuardianActor {
  if (actor.kind !== 'guardian') throw new AppError('FORBIDDEN');
}

const againMs = 10 * 60_000;

/** Whether the register is to be read for it: not for whoever has asked a moment ago. */
export const isAskedAnew = (askedAt: Date | null, now: Date): boolean =>
  askedAt === null || now.getTime() - askedAt.getTime() >= againMs;

/** How long a residence is asked for after somebody has prepared to apply: the next year is another application. */
export const residenceMonths = 12;

/**
 * Of whom somebody's own document names them responsible, by number. It gives nobody access: that is by the child's own document
 * alone, which is read for it (GUA-02).
 */
export function ownChildrenOf({ numbers, responsibilities }: PersonRecord): readonly string[] {
  const own = new Set(numbers.map(({ number }) => number));
  const children = responsibilities.flatMap(({ childNumber, responsible }) =>
    childNumber !== null &&
    !own.has(childNumber) &&
    responsible.kind === 'person' &&
    own.has(responsible.number)
      ? [childNumber]
      : [],
  );
  return [...new Set(children)];
}
