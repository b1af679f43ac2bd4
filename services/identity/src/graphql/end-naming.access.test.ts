import { newId } from '@ranselpost/kit/ids';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Cases,
  bystanders,
  keyed,
  notFound,
  openCases,
  proposalOf,
  refusalOf,
} from '../testing/cases.ts';
import type { Outsider } from '../testing/outsiders.ts';
import type { Name } from '../testing/world.ts';

let c: Cases;
beforeAll(async () => (c = await openCases()));
afterAll(() => c.close());

const namingOf = async (child: Name): Promise<string> => {
  const [row] = await c.database.admin`select naming_id from staff_naming where child_id = ${c.id[child]}`;
  return row!['naming_id'] as string;
};
const query = `query ($id: ID!) { child(id: $id) { id } }`;
const sees = async (who: Name, child: Name): Promise<boolean> =>
  (await c.ask(who, query, { id: c.id[child] })).data.child !== null;

/** Whoever has no part in the case of `hidden`, who is named for it and its guardians among them. */
const outside: readonly Outsider[] = [
  ...bystanders.filter(([who]) => !who.startsWith('a protection officer')),
  ['a case worker', ({ id }) => staff(id.caseWorker)],
  ['its guardian', ({ id }) => guardian(id.hiddenMother)],
];

describe('ending that somebody is named for a protected child (ADR-10)', () => {
  test.each(outside)('is refused to %s, as for what does not exist (S-06)', async (_who, actorOf) => {
    const before = await c.counts();
    const end = (namingId: string) => c.decide(actorOf(c), 'endNaming', keyed({ namingId }));
    const answer = await end(await namingOf('hidden'));
    expect(answer).toMatchObject(notFound);
    expect(answer).toEqual(await end(newId()));
    expect(answer).toEqual(await end('nonsense'));
    expect(await c.counts()).toEqual(before);
    expect(await sees('teacher', 'hidden')).toBe(true);
  });

  test.each([
    ['leader', 'teacherOfB', 'theirs'],
    ['officer', 'teacher', 'hidden'],
  ] as const)(
    'takes one %s, also where protection is strict, and counts at once',
    async (who, named, child) => {
      expect(await sees(named, child)).toBe(true);
      const namingId = await namingOf(child);
      const input = keyed({ namingId });
      for (let times = 0; times < 2; times += 1)
        expect(proposalOf(await c.decide(who, 'endNaming', input)).state).toBe('APPLIED');
      expect(await sees(named, child)).toBe(false);
      expect(refusalOf(await c.decide('officer', 'endNaming', keyed({ namingId })))).toBe('NAMING_ENDED');
      expect(await c.openItems(c.id[child])).toContain('NO_STAFF_NAMED');
    },
  );
});

test('a naming is kept as it was decided, whatever the code above forgot', async () => {
  const namingId = await namingOf('hidden');
  for (const change of [
    `update staff_naming set to_day = '2028-01-01' where naming_id = '${namingId}'`,
    `update staff_naming set to_day = to_day - 1 where naming_id = '${namingId}'`,
    `update staff_naming set level = 'FORTROLIG' where naming_id = '${namingId}'`,
    `update staff_naming set person_id = '${c.id.leader}' where naming_id = '${namingId}'`,
    `delete from staff_naming where naming_id = '${namingId}'`,
    `insert into staff_naming select gen_random_uuid(), child_id, '${c.id.leader}', level, from_day, to_day, decision_id
      from staff_naming where naming_id = '${namingId}'`,
  ])
    await expect(c.database.admin.unsafe(change)).rejects.toThrow(/naming/);
});
