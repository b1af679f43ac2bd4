import { tellAll } from '@ranselpost/kit/outbox';
import type { Safeguard } from '@ranselpost/schema/events/identity/safeguard-kept.v1';
import * as forgotten from '../store/forgotten.ts';
import * as numbers from '../store/numbers.ts';
import * as persons from '../store/persons.ts';
import { acceptNumber, toStored } from './accept-number.ts';
import type { EventDeps } from './deps.ts';
import { deriveFamilies } from './derive-families.ts';

/**
 * Takes away again what staff took away after the day this database was restored to: restrictions, also of people whom
 * nobody here has heard of any more, and roles for the municipality (GUA-12, S-27).
 */
export async function keepAgain(
  deps: EventDeps,
  some: readonly { readonly safeguardId: string; readonly safeguard: Safeguard }[],
): Promise<void> {
  const children: string[] = [];
  for (const { safeguardId, safeguard } of some) {
    if (safeguard.kind === 'ROLE_ENDED') {
      await forgotten.endMunicipalRole(deps.db, safeguardId, safeguard);
      continue;
    }
    const { child, adult, restriction, authority, closesAccess, reviewOn, imposedBy, imposedAt } = safeguard;
    const childId = await meetAgain(deps, child);
    const isNew = await forgotten.restrict(deps.db, {
      ...{
        restrictionId: safeguardId,
        childId,
        kind: restriction,
        authority,
        closesAccess,
        reviewOn,
        imposedAt,
      },
      personId: adult === null ? null : await meetAgain(deps, adult),
      imposedBy: await meetAgain(deps, { personId: imposedBy, number: null }),
    });
    if (isNew) children.push(childId);
  }
  await tellAll(deps.db, await deriveFamilies(deps, children, 'restore'));
}

/** Who somebody is here: by the id they had, else by their number; under the same id where nobody knows either. */
async function meetAgain(
  deps: EventDeps,
  { personId, number }: { readonly personId: string; readonly number: string | null },
): Promise<string> {
  const known = (await persons.load(deps.db, [personId])).get(personId);
  if (known !== undefined) return known.mergedInto ?? personId;
  const accepted = number === null ? null : acceptNumber(deps.numbers, number);
  const stored = accepted?.ok === true ? toStored(deps.numbers, personId, number!, accepted.value) : null;
  const owner =
    stored === null ? undefined : (await numbers.ownersOf(deps.db, [stored.hash])).get(stored.hash);
  if (owner !== undefined) return owner;
  await persons.create(deps.db, [{ personId, isChild: false, followedAs: null }]);
  if (stored !== null) await numbers.insert(deps.db, [stored]);
  return personId;
}
