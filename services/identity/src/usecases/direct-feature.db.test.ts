import { newId } from '@ranselpost/kit/ids';
import { type Feature, neverStated } from '@ranselpost/kit/pure/features';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { featureChangedV1 } from '@ranselpost/schema/events/identity/feature-changed.v1';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Place, Statement } from '../domain/feature.ts';
import { rosterFile } from '../testing/roster.ts';
import { type Name, type World, familiarRoster, openWorld } from '../testing/world.ts';
import { cancelOpening } from './cancel-opening.ts';
import { approveProposal, rejectProposal } from './decide-proposal.ts';
import type { Asking, Directed } from './direct-feature.ts';
import { importRoster } from './import-roster.ts';
import { readFeatureActs, readUnitFeatures } from './read-features.ts';
import { startSnapshot, startSnapshotAbove, tellSnapshotBatch } from './snapshot.ts';
import { stateFeature } from './state-feature.ts';
import { stopFeature } from './stop-feature.ts';
import { tellFeatures } from './tell-features.ts';

let world: World;
beforeAll(async () => (world = await openWorld()));
afterAll(() => world.close());

// A Tuesday, and days on which something may open.
const [tuesday, wednesday, nextTuesday] = ['2026-11-24', '2026-11-25', '2026-12-01'];
const turnTo = (day: string) => world.setNow(`${day}T08:00:00Z`);

const everywhere: Place = { level: 'MUNICIPALITY' };
const at = (...keys: string[]): Place => ({
  level: 'UNIT',
  unitIds: keys.map((key) => world.unit[key]!).toSorted(),
});
const asking = (more: Partial<Asking> = {}): Asking => ({
  reason: 'It is time',
  idempotencyKey: newId(),
  ...more,
});

/** A feature of its own for each test: nothing else was said of it. */
const features: Feature[] = [
  'ABSENCE',
  'MESSAGING',
  'NEWS',
  'NOTICES',
  'PLACEMENT',
  'HEALTH_CARD',
  'UPLOADS',
  'INTEGRATIONS',
];
let feature: Feature;
beforeEach(async () => {
  turnTo(tuesday);
  await tellFeatures(world.deps);
  await world.told();
});
const begin = () => (feature = features.shift()!);

const state = async (who: Name, place: Place, more: Partial<Statement> = {}, ask = asking()) => {
  const statement = { feature, place, state: 'OPEN', opensOn: null, isReadable: true, notice: null } as const;
  const result = await stateFeature(
    world.deps,
    staff(world.id[who]),
    { ...statement, insistsOnDay: false, ...more },
    ask,
  );
  if (!result.ok) return result.refusal;
  return result.value;
};
const stop = async (who: Name, place: Place, isReadable = true) => {
  const stopped = { feature, place, state: 'SUSPENDED', isReadable, notice: null } as const;
  const result = await stopFeature(world.deps, staff(world.id[who]), stopped, asking());
  return acted(result.ok ? result.value : undefined);
};
const acted = (directed: unknown) => {
  const { kind, act } = directed as Extract<Directed, { kind: 'done' }>;
  if (kind !== 'done') throw new Error(`not done: ${JSON.stringify(directed)}`);
  return act;
};
const proposed = (directed: unknown) => {
  const { kind, proposal } = directed as Extract<Directed, { kind: 'proposed' }>;
  if (kind !== 'proposed') throw new Error(`not proposed: ${JSON.stringify(directed)}`);
  return proposal.proposalId;
};
const approve = async (who: Name, proposalId: string) => {
  const result = await approveProposal(world.deps, staff(world.id[who]), proposalId);
  return result.ok ? result.value.outcome : result.refusal.kind;
};

/** How the feature stands, as the leaders of two schools and a guardian are shown. */
const stands = async () => {
  const { deps, id, unit } = world;
  const of = async (actor: ReturnType<typeof staff | typeof guardian>, key: string) =>
    (await readUnitFeatures(deps, actor, [unit[key]!]))
      .get(unit[key]!)
      ?.find((one) => one.feature === feature);
  return {
    school: await of(staff(id.leader), 'school'),
    other: await of(staff(id.otherLeader), 'other'),
    nursery: await of(guardian(id.mother), 'nursery'),
  };
};
const states = async () => {
  const { school, other, nursery } = await stands();
  return [school?.state, other?.state, nursery?.state];
};
/** What the copies have been told of the feature since this was asked last, by unit. */
const heard = async () => {
  const told = (await world.told()).filter(({ type }) => type === featureChangedV1.type);
  const keyOf = Object.fromEntries(Object.entries(world.unit).map(([key, id]) => [id, key]));
  return Object.fromEntries(
    told
      .filter(({ subject }) => subject in keyOf)
      .map(({ subject, data }) => [
        keyOf[subject],
        (data as { features: { feature: string; state: string }[] }).features.find(
          (one) => one.feature === feature,
        )?.state,
      ]),
  );
};

describe('what is stated of a feature (D01)', () => {
  test('of the municipality holds at every unit, is told to all of them, and is closed before (D08)', async () => {
    begin();
    expect((await stands()).school).toEqual({
      ...neverStated,
      feature,
      notice: null,
      unitId: world.unit['school'],
    });
    const act = acted(await state('administrator', everywhere));
    expect(act).toMatchObject({
      kind: 'STATEMENT',
      state: 'OPEN',
      madeBy: world.id.administrator,
      lifts: [],
    });
    expect(await states()).toEqual(['OPEN', 'OPEN', 'OPEN']);
    expect(await heard()).toEqual({ school: 'OPEN', sfo: 'OPEN', other: 'OPEN', nursery: 'OPEN' });
  });

  test('of a unit outranks what is said of its kind, and that the municipality; others are told nothing', async () => {
    begin();
    await state('administrator', everywhere);
    await state('administrator', { level: 'UNIT_KIND', unitKind: 'SCHOOL' }, { state: 'CLOSED' });
    await heard();
    await state('leader', at('school'));
    expect(await heard()).toEqual({ school: 'OPEN' });
    expect(await states()).toEqual(['OPEN', 'CLOSED', 'OPEN']);
  });

  test('is done once for its key, and another thing under the same key is refused', async () => {
    begin();
    const ask = asking();
    const first = acted(await state('administrator', everywhere, {}, ask));
    await heard();
    expect(acted(await state('administrator', everywhere, {}, ask))).toEqual(first);
    expect(await heard()).toEqual({});
    await expect(state('administrator', at('school'), {}, ask)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    await expect(
      state('administrator', everywhere, {}, { ...ask, reason: 'Another reason' }),
    ).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  test('is done once also when it is sent five times at once', async () => {
    const ask = asking();
    const sent = await Promise.all(
      Array.from({ length: 5 }, () => state('administrator', everywhere, { state: 'CLOSED' }, ask)),
    );
    expect(new Set(sent.map((one) => acted(one).actId)).size).toBe(1);
  });

  test('is kept with who said it, when and why, and nobody changes it', async () => {
    const [act] = await readFeatureActs(world.deps, staff(world.id.secondAdministrator), {
      ...{ feature: null, before: null, first: 1 },
    });
    expect(act).toMatchObject({ reason: 'It is time', madeBy: world.id.administrator, isCancelled: false });
    for (const statement of [
      `update feature_act set state = 'OPEN'`,
      'delete from feature_act',
      'truncate feature_act cascade',
    ])
      await expect(world.database.admin.unsafe(statement)).rejects.toThrow('never changed');
    // In the words of a person, and so never in the clear.
    const written = await world.database.admin`select sealed from confidential_text`;
    expect(JSON.stringify(written)).not.toContain('It is time');
  });

  test('holds at a unit that comes later, as soon as a roster names it', async () => {
    await state('administrator', everywhere);
    await heard();
    const roster = familiarRoster(world.number);
    const number = {
      ...roster,
      groups: [...roster.groups, { key: 'new', kind: 'school', parent: 'owner' } as const],
    };
    await importRoster(world.deps, rosterFile(number), { mayEndMuch: true });
    const told = (await world.told()).filter(({ type }) => type === featureChangedV1.type);
    expect(told).toHaveLength(1);
    expect(told[0]?.data).toMatchObject({ revision: 1 });
    expect((told[0]!.data as { features: object[] }).features).toContainEqual({
      ...{ feature, state: 'OPEN', opensOn: null, isReadable: true },
    });
  });

  test('is told again in a snapshot, and above what was told before when that was forgotten (S-24, S-27)', async () => {
    const { deps } = world;
    const revisionOf = async () => {
      const told = (await world.told()).find(
        ({ type, subject }) => type === featureChangedV1.type && subject === world.unit['school'],
      );
      return (told?.data as { revision: number } | undefined)?.revision;
    };
    const snapshot = async () => {
      while (await tellSnapshotBatch(deps));
      return revisionOf();
    };
    await startSnapshot(deps);
    const before = await snapshot();
    expect(before).toBeGreaterThan(0);
    await deps.db.asService((tx) => startSnapshotAbove({ ...deps, db: tx }));
    expect(await snapshot()).toBeGreaterThan(before!);
  });
});

describe('a planned opening (D04)', () => {
  test('comes of itself on its day, and is told then; until then it can be called off', async () => {
    begin();
    const notice = { nb: 'Åpner onsdag', nn: 'Opnar onsdag', en: 'Opens on Wednesday' };
    const { actId } = acted(
      await state('administrator', at('school', 'other'), { opensOn: wednesday, notice }),
    );
    expect((await stands()).school).toMatchObject({ state: 'ANNOUNCED', opensOn: wednesday, notice });
    expect(await heard()).toEqual({ school: 'ANNOUNCED', other: 'ANNOUNCED' });
    expect(await tellFeatures(world.deps)).toBe(0);

    const cancelled = await cancelOpening(world.deps, staff(world.id.administrator), actId, asking());
    expect(cancelled.ok).toBe(true);
    expect(await states()).toEqual(['CLOSED', 'CLOSED', 'CLOSED']);
    await state('administrator', at('school', 'other'), { opensOn: wednesday, notice });
    await heard();

    turnTo(wednesday);
    expect(await tellFeatures(world.deps)).toBe(2);
    expect(await states()).toEqual(['OPEN', 'OPEN', 'CLOSED']);
    expect(await heard()).toEqual({ school: 'OPEN', other: 'OPEN' });
    const again = await cancelOpening(world.deps, staff(world.id.administrator), actId, asking());
    expect(again).toEqual({ ok: false, refusal: { kind: 'opening-not-planned' } });
  });

  test('is not made for a Friday unless somebody insists (D08, MSG-22)', async () => {
    const friday = { opensOn: '2026-11-27' };
    expect(await state('administrator', everywhere, friday)).toEqual({
      kind: 'opening-day-unwise',
      concern: 'FRIDAY',
    });
    const result = await stateFeature(
      world.deps,
      staff(world.id.administrator),
      {
        feature,
        place: everywhere,
        state: 'OPEN',
        ...friday,
        isReadable: true,
        notice: null,
        insistsOnDay: true,
      },
      asking(),
    );
    expect(result.ok).toBe(true);
  });
});

describe('an emergency stop (D02, X07)', () => {
  test('takes one person and overrides everything; two start again, in two waves, each on its day (D04)', async () => {
    begin();
    await state('administrator', everywhere);
    await heard();
    await stop('administrator', everywhere);
    expect(await states()).toEqual(['SUSPENDED', 'SUSPENDED', 'SUSPENDED']);
    expect(await heard()).toEqual({
      school: 'SUSPENDED',
      sfo: 'SUSPENDED',
      other: 'SUSPENDED',
      nursery: 'SUSPENDED',
    });

    const first = proposed(await state('administrator', at('school'), { opensOn: wednesday }));
    const second = proposed(
      await state('administrator', at('other', 'nursery', 'sfo'), { opensOn: nextTuesday }),
    );
    expect(await heard()).toEqual({});
    expect(await approve('administrator', first)).toBe('own-proposal');
    for (const proposalId of [first, second])
      expect(await approve('secondAdministrator', proposalId)).toBe('APPLIED');
    expect(await heard()).toEqual({
      school: 'SUSPENDED',
      sfo: 'SUSPENDED',
      other: 'SUSPENDED',
      nursery: 'SUSPENDED',
    });
    const { school, other } = await stands();
    expect([school?.opensOn, other?.opensOn]).toEqual([wednesday, nextTuesday]);

    turnTo(wednesday);
    await tellFeatures(world.deps);
    expect(await states()).toEqual(['OPEN', 'SUSPENDED', 'SUSPENDED']);
    expect(await heard()).toMatchObject({ school: 'OPEN' });
    turnTo(nextTuesday);
    await tellFeatures(world.deps);
    expect(await states()).toEqual(['OPEN', 'OPEN', 'OPEN']);
  });

  test('that comes after a reopening was proposed is not ended by it', async () => {
    begin();
    await state('administrator', everywhere);
    await stop('administrator', everywhere);
    const proposalId = proposed(await state('administrator', everywhere));
    await stop('secondAdministrator', at('school'), false);
    expect(await approve('secondAdministrator', proposalId)).toBe('APPLIED');
    expect(await states()).toEqual(['SUSPENDED', 'OPEN', 'OPEN']);
    const [act] = await readFeatureActs(world.deps, staff(world.id.administrator), {
      feature,
      before: null,
      first: 1,
    });
    expect(act).toMatchObject({
      ...{ madeBy: world.id.administrator, approvedBy: world.id.secondAdministrator, reason: 'It is time' },
    });
    expect(act?.lifts).toHaveLength(1);
  });

  test('stays when the second person says no, or the day has gone by', async () => {
    begin();
    await state('administrator', everywhere);
    await stop('administrator', everywhere);
    const rejected = proposed(await state('administrator', everywhere));
    expect((await rejectProposal(world.deps, staff(world.id.secondAdministrator), rejected)).ok).toBe(true);
    const late = proposed(await state('administrator', everywhere, { opensOn: wednesday }));
    turnTo(nextTuesday);
    expect(await approve('secondAdministrator', late)).toBe('opening-day-past');
    expect(await states()).toEqual(['SUSPENDED', 'SUSPENDED', 'SUSPENDED']);
  });

  test('of the municipality is lifted by no leader; a leader’s own is, with an administrator', async () => {
    begin();
    await state('administrator', everywhere);
    await stop('leader', at('school'));
    expect(await states()).toEqual(['SUSPENDED', 'OPEN', 'OPEN']);
    const taken = proposed(await state('leader', at('school')));
    expect((await rejectProposal(world.deps, staff(world.id.leader), taken)).ok).toBe(true);
    const own = proposed(await state('leader', at('school')));
    await expect(approve('otherLeader', own)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await approve('leader', own)).toBe('not-yours-to-decide');
    expect(await approve('administrator', own)).toBe('APPLIED');
    expect(await states()).toEqual(['OPEN', 'OPEN', 'OPEN']);
    await stop('administrator', everywhere);
    expect(await state('leader', at('school'))).toEqual({ kind: 'feature-stopped-above' });
  });

  test('of imports lets no roster in until it is ended', async () => {
    const { deps } = world;
    feature = 'IMPORTS';
    await state('administrator', everywhere);
    const roster = () => importRoster(deps, rosterFile(familiarRoster(world.number)), { mayEndMuch: true });
    expect((await roster()).ok).toBe(true);
    await stop('administrator', everywhere);
    expect(await roster()).toEqual({ ok: false, refusal: { kind: 'imports-stopped' } });
    const again = proposed(await state('administrator', everywhere));
    expect(await approve('secondAdministrator', again)).toBe('APPLIED');
    expect((await roster()).ok).toBe(true);
  });

  test('is ended by nothing that the database was not shown to be decided by two', async () => {
    const [stopped] = await world.database.admin<{ act_id: string; feature: string }[]>`
      select act_id, feature from feature_act where kind = 'STOP' and level = 'MUNICIPALITY' order by ordinal desc limit 1`;
    const [{ proposal_id: decided }] = await world.database.admin<[{ proposal_id: string }]>`
      select proposal_id from proposal where kind = 'REOPEN_FEATURE' and outcome = 'APPLIED' limit 1`;
    const [{ reason_id: reason }] = await world.database.admin<[{ reason_id: string }]>`
      select reason_id from feature_act where reason_id is not null limit 1`;
    await expect(
      world.database.admin`
        insert into feature_act (act_id, kind, feature, level, state, lifts, decision_id, power, made_by, reason_id,
          idempotency_key, request_hash)
        values (${newId()}, 'STATEMENT', ${stopped!.feature}, 'MUNICIPALITY', 'OPEN', ${[stopped!.act_id]}, ${decided},
          'MUNICIPAL_ADMINISTRATOR', ${world.id.administrator}, ${reason}, 'k', ${Buffer.alloc(32)})`,
    ).rejects.toThrow('ends a stop by no decision');
  });
});
