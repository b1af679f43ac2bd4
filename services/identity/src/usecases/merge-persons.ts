import { decryptNumber, encryptNumber } from '@ranselpost/kit/numbers';
import type { Fact } from '@ranselpost/kit/outbox';
import * as numbers from '../store/numbers.ts';
import * as persons from '../store/persons.ts';
import * as settings from '../store/settings.ts';
import type { EventDeps } from './deps.ts';
import { settingsFacts } from './tell-settings.ts';
import { toEnrolmentsFacts, toRolesFacts } from './tell-places.ts';
import { toFollowedFacts } from './tell-followed.ts';

/**
 * Two ids turn out to be one human. Numbers, places and roles go to the id that stays; grants do not: whoever calls this
 * works them out anew for both (FREG-09). Answers what there is to tell about their places and roles.
 */
export async function mergePersons(
  deps: EventDeps,
  { merged, survivor, readAt }: { merged: string; survivor: string; readAt: string },
): Promise<readonly Fact[]> {
  const { db } = deps;
  const { keys } = deps.numbers;
  const moved = await numbers.of(db, [merged]);
  await numbers.update(
    db,
    // The person's id is bound to the ciphertext, so the number is encrypted anew for the new one.
    moved.map((number) => ({
      ...number,
      personId: survivor,
      encrypted: encryptNumber(keys, survivor, decryptNumber(keys, merged, number.encrypted)),
    })),
  );
  const before = await persons.load(db, [merged, survivor]);
  await persons.merge(db, { merged, survivor, readAt });
  await settings.handOver(db, merged);
  const both = [merged, survivor];
  const isChild = before.get(merged)?.isChild === true;
  const reason = (await persons.load(db, [survivor])).get(survivor)?.followedAs;
  return [
    ...(isChild ? await toEnrolmentsFacts(deps, both) : []),
    ...(await toRolesFacts(deps, both, { onlyTold: true })),
    ...(await settingsFacts(deps, [survivor])),
    // The registry reads the one that stays once more: as a child, perhaps, when it was an adult to it before.
    ...(reason == null ? [] : await toFollowedFacts(deps, [{ personId: survivor, reason }])),
  ];
}
