import { aboutNobody } from '@ranselpost/kit/answer';
import { tell } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { tabletUnpairedV1 } from '@ranselpost/schema/events/identity/tablet-unpaired.v1';
import { createHash, randomInt } from 'node:crypto';
import { capacitiesAtUnit } from '../domain/policy.ts';
import { loadAccessFacts } from '../store/access-facts.ts';
import * as tablets from '../store/tablets.ts';
import { type Deps, today } from './deps.ts';
import { meetUnit } from './meet-case.ts';
import { noteAtTablet } from './watch-tablets.ts';

export type { TabletView } from '../store/tablets.ts';

const codeMinutes = 10;
const pairedDays = 365;
const mostOfUnit = 50;

/** Letters and digits that nobody takes for others; twelve of them are 58 bits, for ten minutes. */
const letters = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const newCode = (): string =>
  [0, 1, 2].map(() => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')).join('-');

/** What is kept of a code; typed in without its dashes, or in small letters, it is the same. */
export const hashOfCode = (code: string): Buffer =>
  createHash('sha256').update(code.toUpperCase().replaceAll(/[\s-]/g, ''), 'utf8').digest();

export interface Pairing {
  readonly tablet: tablets.TabletView;
  readonly code: string;
  readonly codeEndsAt: Date;
}

/** Makes a tablet of a unit, and the code that a device is paired by, for whoever leads the unit. */
export const pairTablet = (deps: Deps, actor: Actor, unitId: string, name: string): Promise<Pairing> =>
  deps.db.decide(
    actor,
    (tx) => meetUnit(deps, tx, actor, unitId),
    async (tx, { actor: { personId: madeBy } }) => {
      const madeAt = deps.now();
      if ((await tablets.ofUnits(tx, [unitId], madeAt)).length >= mostOfUnit)
        throw new AppError('CONFLICT', 'a unit has so many tablets at most');
      const code = newCode();
      const codeEndsAt = new Date(madeAt.getTime() + codeMinutes * 60_000);
      const endsAt = new Date(madeAt.getTime() + pairedDays * 86_400_000);
      const tabletId = deps.newId();
      const made = { tabletId, unitId, name, madeBy, madeAt, endsAt };
      await tablets.insert(tx, { ...made, codeHash: hashOfCode(code), codeEndsAt });
      return aboutNobody({
        ...{ code, codeEndsAt },
        tablet: {
          ...{ id: tabletId, unitId, name, madeAt: madeAt.toISOString(), endsAt: endsAt.toISOString() },
          ...{ pairedAt: null, lastSeenAt: null, closedUntil: null },
        },
      });
    },
  );

/** Takes a tablet away; whoever is at it is out, wherever (S-04). */
export async function unpairTablet(deps: Deps, actor: Actor, tabletId: string): Promise<string> {
  const unpaired = await deps.db.decide(
    actor,
    async (tx) => {
      // A tablet that is not there, or of a unit that somebody else leads, is none (S-06).
      const unitId = isId(tabletId) ? await tablets.unitOf(tx, tabletId) : undefined;
      return meetUnit(deps, tx, actor, unitId ?? '');
    },
    async (tx, { actor: { personId } }) => {
      await tablets.unpair(tx, tabletId, personId, deps.now());
      await tell(tx, tabletUnpairedV1, { tabletId });
      return aboutNobody(tabletId);
    },
  );
  noteAtTablet(deps, 'unpaired', { tabletId });
  return unpaired;
}

/** The tablets of those of the units that the actor leads; null for the others. */
export const readTablets = (
  deps: Deps,
  actor: Actor,
  unitIds: readonly string[],
): Promise<ReadonlyMap<string, readonly tablets.TabletView[]>> =>
  deps.db.asActor(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, today(deps));
    const led = unitIds.filter((unitId) => isId(unitId) && capacitiesAtUnit(actor, facts, unitId).length > 0);
    const found = Map.groupBy(await tablets.ofUnits(tx, led, deps.now()), ({ unitId }) => unitId);
    return aboutNobody(new Map(led.map((unitId) => [unitId, found.get(unitId) ?? []])));
  });
