import { addDays } from '@ranselpost/kit/pure/dates';
import { staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll } from 'vitest';
import { heldBy } from './harness.ts';
import { aNumber } from './numbers.ts';
import { type Name, type World, asked, made, openWorld } from './world.ts';
import { approveProposal } from '../usecases/decide-proposal.ts';
import type { Whom } from '../usecases/find-adult.ts';
import { imposeRestriction } from '../usecases/impose-restriction.ts';

/** The world of the golden families; set by `openGolden`. */
export let w: World;

/** Opens a world for all tests of a file. */
export function openGolden(): void {
  beforeAll(async () => void (w = await openWorld()));
  afterAll(() => w.close());
}

export const today = '2026-11-21';
export const born = { birthDate: '2018-06-21' };
export const as = (name: Name) => staff(w.id[name]);

/** A child at the school, by its number. */
export async function pupil(number: string): Promise<string> {
  const childId = await w.child(number);
  await w.database.admin`
    insert into enrolment values (gen_random_uuid(), ${childId}, ${w.unit['school']!}, '{}', '2026-08-01', null)`;
  return childId;
}

/** A child at the school, with these adults read and named by one word. */
export async function family(word: string, ...adults: readonly string[]) {
  const number = aNumber();
  const childId = await pupil(number);
  const say = (value: string, ...holders: readonly string[]) =>
    w.register({ number, ...born, responsibilities: heldBy(value, ...holders) });
  await say(word, ...adults);
  for (const adult of adults)
    if ((await w.personOf(adult)) !== undefined) await w.register({ number: adult });
  const ids = await Promise.all(adults.map(async (adult) => (await w.personOf(adult))!));
  await w.told();
  return { childId, number, ids, say };
}
export const grantOf = async (childId: string, personId: string): Promise<string> => {
  const [row] = await w.database.admin`
    select grant_id from access_grant where child_id = ${childId} and person_id = ${personId} and state <> 'ENDED'`;
  return row!['grant_id'] as string;
};
export const ban = (childId: string, personId: string, by: Name = 'leader') =>
  made(
    imposeRestriction(
      w.deps,
      as(by),
      {
        ...{ childId, personId, kind: 'CONTACT_BAN', authority: 'POLICE', parentsKeepView: false },
        ...{ reviewOn: '2027-05-01', note: 'Decision of the police of 20 November' },
      },
      asked(null),
    ),
  );
export const careOrder = (childId: string, parentsKeepView = false) =>
  made(
    imposeRestriction(
      w.deps,
      as('leader'),
      {
        ...{ childId, personId: null, kind: 'CARE_ORDER', authority: 'CHILD_WELFARE', parentsKeepView },
        ...{ reviewOn: '2027-05-01', note: null },
      },
      asked(null),
    ),
  );
export const wish = (
  childId: string,
  whom: Whom,
  basis: 'DAILY_CARER' | 'DOCUMENTED_RESPONSIBILITY' | 'APPOINTED_GUARDIAN',
  days = 90,
) => ({
  ...{ childId, whom, basis, endsOn: addDays(today, days) },
});
export const byTwo = async (proposal: Promise<{ proposalId: string }>, second: Name) =>
  made(approveProposal(w.deps, as(second), (await proposal).proposalId));
export const reasons = async (childId: string, personId: string) =>
  (
    await w.database.admin`
      select to_state, reason, actor from grant_history join access_grant using (grant_id)
      where child_id = ${childId} and person_id = ${personId} order by id`
  ).map(
    ({ to_state, reason, actor }) =>
      `${to_state} ${reason} ${actor === 'registry' || actor === 'timer' ? actor : 'staff'}`,
  );
