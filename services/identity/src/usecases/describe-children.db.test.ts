import { openOwn } from '@ranselpost/kit/seal';
import { addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import {
  type ChildDescription,
  childDescribedV1,
  childDescriptionSchema,
} from '@ranselpost/schema/events/identity/child-described.v1';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { testLife } from '@ranselpost/kit/testing/life';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { childDescriber } from '../events/child-describer.ts';
import { type Harness, type Told, harness, heldBy } from '../testing/harness.ts';
import { aNumber } from '../testing/numbers.ts';
import * as descriptions from '../store/child-descriptions.ts';
import { describeChildren, lookThroughChildren } from './describe-children.ts';
import { startSnapshot, startSnapshotAbove, tellSnapshotBatch } from './snapshot.ts';

let h: Harness;
const open: Harness[] = [];
beforeEach(async () => {
  h = await harness();
  open.push(h);
});
afterAll(async () => {
  for (const one of open) await one.close();
});

interface Described {
  readonly childId: string;
  readonly revision: number;
  readonly sealed: string | null;
}
const toldOf = async (): Promise<readonly Described[]> =>
  (await h.told())
    .filter(({ type }) => type === childDescribedV1.type)
    .map(({ data }) => childDescribedV1.data.parse(data));
const describeAll = async (): Promise<readonly Described[]> => {
  while (await describeChildren(h.deps));
  return toldOf();
};
const opened = ({ childId, sealed }: Described): Promise<ChildDescription> =>
  openOwn(h.placementKeys, childId, sealed!, childDescriptionSchema);

const bornOn = addDays(localDateAt(new Date()), -400);
/** A child of the register with a mother who has access to it. */
async function family(more: Partial<Told> = {}) {
  const [number, mother] = [aNumber(), aNumber()];
  const child = await h.child(number);
  const tell = (said: Partial<Told>) =>
    h.register({ number, birthDate: bornOn, responsibilities: heldBy('mor', mother), ...more, ...said });
  await tell({});
  if ((await h.personOf(mother)) !== undefined) await h.register({ number: mother });
  return { child, number, mother, tell };
}

describe('what placement is told of a child', () => {
  test('is its birth date, sealed for placement and about this child alone (BHG-01, BHG-08)', async () => {
    const { child } = await family();
    const other = await family();
    const told = await describeAll();
    expect(told.map(({ childId }) => childId)).toEqual([child, other.child].toSorted());
    const mine = told.find(({ childId }) => childId === child)!;
    expect(await opened(mine)).toEqual({ bornOn, livesHere: 'UNKNOWN', isProtected: false });
    const { sealed } = told.find(({ childId }) => childId === other.child)!;
    await expect(opened({ ...mine, sealed })).rejects.toThrow('sealed about something else');
    expect(JSON.stringify(told)).not.toContain(bornOn);
    await expect(openOwn(h.archiveKeys, child, mine.sealed!, childDescriptionSchema)).rejects.toThrow(
      'unknown key',
    );
    expect(await describeAll()).toEqual([]);
  });

  test('changes with the register, each time under a higher revision (BHG-03, S-24)', async () => {
    const { tell } = await family();
    const [first] = await describeAll();
    await tell({ livesHere: 'YES' });
    const [here] = await describeAll();
    await tell({ livesHere: 'NO' });
    const [moved] = await describeAll();
    expect([first!, here!, moved!].map(({ revision }) => revision)).toEqual([1, 2, 3]);
    expect(await opened(here!)).toMatchObject({ livesHere: 'YES' });
    expect(await opened(moved!)).toMatchObject({ livesHere: 'NO' });
    await tell({ livesHere: 'NO', name: { given: 'MILD', middle: null, family: 'PARAPLY' } });
    expect(await describeAll()).toEqual([]);
  });

  test('says nothing of where a strictly protected child lives, and that named staff handle it (ADR-03, ADR-04)', async () => {
    await family({ protection: 'STRENGT_FORTROLIG', livesHere: 'YES' });
    const [told] = await describeAll();
    expect(await opened(told!)).toEqual({ bornOn, livesHere: 'UNKNOWN', isProtected: true });
  });

  test('says so too of a child whose guardian is protected, and goes on saying it (ADR-01, ADR-13)', async () => {
    const { mother } = await family({ livesHere: 'YES' });
    await describeAll();
    await h.register({ number: mother, protection: 'FORTROLIG' });
    const [raised] = await describeAll();
    expect(await opened(raised!)).toEqual({ bornOn, livesHere: 'YES', isProtected: true });
    await h.register({ number: mother });
    expect(await describeAll()).toEqual([]);
  });

  test('is nothing of anybody who is no small child, or whom nobody has or waits for access to', async () => {
    const today = localDateAt(new Date());
    const fourteen = `${Number(today.slice(0, 4)) - 14}${today.slice(4)}`;
    await family({ birthDate: fourteen });
    await family({ birthDate: null });
    await family({ isDead: true });
    await family({ responsibilities: [] });
    const almost = await family({ birthDate: addDays(fourteen, 1) });
    expect((await describeAll()).map(({ childId }) => childId)).toEqual([almost.child]);
  });

  test('is taken back when the last access has ended, and told again above that when there is one anew (S-24)', async () => {
    const { child, mother, tell } = await family();
    await describeAll();
    await tell({ responsibilities: [] });
    const [gone] = await describeAll();
    expect(gone).toEqual({ childId: child, revision: 2, sealed: null });
    expect(await describeAll()).toEqual([]);
    await tell({ responsibilities: heldBy('mor', mother) });
    const [again] = await describeAll();
    expect(again).toMatchObject({ childId: child, revision: 3 });
    expect(await opened(again!)).toMatchObject({ bornOn });
  });

  test('is left to the erasure where the child is erased (RET-08)', async () => {
    const { child } = await family({ livesHere: 'YES' });
    await describeAll();
    await h.database.admin`
      insert into erasure (person_id, human_id, kind, rule, due_on)
      values (${child}, ${child}, 'CHILD', 'RET-01', current_date)`;
    await h.database.admin`select erase_persons(array[${child}]::uuid[], current_date, true)`;
    expect(await describeAll()).toEqual([]);
    expect(await h.database.admin`select from child_description`).toHaveLength(0);
    expect(await h.database.admin`select from person where lives_here is not null`).toHaveLength(0);
  });
});

describe('telling', () => {
  test('goes on by itself, within seconds of what it depends on (S-21)', async () => {
    const life = testLife();
    childDescriber(h.deps, life);
    try {
      const { child, tell } = await family();
      const soon = (livesHere: string) =>
        eventually(async () => {
          const [said] = await h.database.admin`
            select lives_here from child_description where child_id = ${child}`;
          expect(said).toMatchObject({ lives_here: livesHere });
        });
      await soon('UNKNOWN');
      await tell({ livesHere: 'YES' });
      await soon('YES');
    } finally {
      await life.stop();
    }
  });

  test('takes back what was told of a child who is fourteen today, when everybody is looked at (S-26)', async () => {
    const { child } = await family();
    await describeAll();
    const today = localDateAt(new Date());
    // As it is on the day: nothing of the child has changed but its age.
    await h.database.admin`alter table person disable trigger user`;
    const fourteen = `${Number(today.slice(0, 4)) - 14}${today.slice(4)}`;
    await h.database.admin`update person set birth_date = ${fourteen} where person_id = ${child}`;
    await h.database.admin`alter table person enable trigger user`;
    expect(await describeAll()).toEqual([]);
    expect(await lookThroughChildren(h.deps)).toBe(1);
    expect(await describeAll()).toMatchObject([{ childId: child, sealed: null }]);
    expect(await lookThroughChildren(h.deps)).toBe(0);
  });

  test('lets whoever takes access away go first, and is not told of what was not (S-04)', async () => {
    const { child, tell } = await family();
    const held = Promise.withResolvers<void>();
    const told = h.deps.db.asService(async (tx) => {
      const { childIds } = await descriptions.take(tx, 500);
      await descriptions.takeNews(tx, childIds);
      await held.promise;
    });
    // Not a moment's wait for what is being told, although it is about the same child.
    await tell({ responsibilities: [] });
    expect(await h.active(child)).toEqual([]);
    held.resolve();
    await told;
    expect(await describeAll()).toMatchObject([{ childId: child, sealed: null }]);
  });
});

describe('a snapshot', () => {
  const tellAll = async () => {
    while (await tellSnapshotBatch(h.deps));
    return toldOf();
  };

  test('has it before it is complete, whether it is known or taken back (S-24, S-27)', async () => {
    const known = await family();
    const hidden = await family({ protection: 'FORTROLIG' });
    const gone = await family();
    await describeAll();
    await gone.tell({ responsibilities: [] });
    await describeAll();
    await startSnapshot(h.deps);
    while (await tellSnapshotBatch(h.deps));
    const all = await h.told();
    const told = all.filter(({ type }) => type === childDescribedV1.type);
    expect(told.map(({ subject, data }) => [subject, data['revision'], data['sealed'] === null])).toEqual(
      [
        [known.child, 1, false],
        [hidden.child, 1, false],
        [gone.child, 2, true],
      ].toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
    );
    const end = all.findIndex(({ type }) => type === 'identity.snapshot.completed.v1');
    expect(all.findLastIndex(({ type }) => type === childDescribedV1.type)).toBeLessThan(end);
  });

  test('after a restore tells it above whatever was told before, and so does what changes then (S-27)', async () => {
    const { tell } = await family();
    const later = await family();
    await describeAll();
    await later.tell({ responsibilities: [] });
    const before = Math.floor(Date.now() / 1000);
    await h.deps.db.asService((tx) => startSnapshotAbove({ ...h.deps, db: tx }));
    const anew = await tellAll();
    expect(anew).toHaveLength(2);
    for (const { revision } of anew) expect(revision).toBeGreaterThanOrEqual(before);
    await tell({ livesHere: 'YES' });
    const changed = await describeAll();
    expect(changed).toHaveLength(2);
    for (const { childId, revision } of changed)
      expect(revision).toBeGreaterThan(anew.find((one) => one.childId === childId)!.revision);
  });
});
