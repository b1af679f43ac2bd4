import { aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { open, openOwn } from '@ranselpost/kit/seal';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import {
  childDescribedV1,
  childDescriptionSchema,
} from '@ranselpost/schema/events/identity/child-described.v1';
import {
  followedPersonSchema,
  personFollowedV1,
} from '@ranselpost/schema/events/identity/person-followed.v1';
import { newId } from '@ranselpost/kit/ids';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { everywhere } from '../testing/features.ts';
import { type Told, heldBy } from '../testing/harness.ts';
import { aNumber } from '../testing/numbers.ts';
import { type TestService, startService } from '../testing/service.ts';
import { type World, asked, openWorld } from '../testing/world.ts';
import { describeChildren } from '../usecases/describe-children.ts';
import { imposeRestriction } from '../usecases/impose-restriction.ts';
import { signInGuardian } from '../usecases/sign-in.ts';
import { startSnapshotAbove, tellSnapshotBatch } from '../usecases/snapshot.ts';
import { stateFeature } from '../usecases/state-feature.ts';
import { stopAskingResidence } from '../usecases/stop-asking-residence.ts';
import { tellFeatures } from '../usecases/tell-features.ts';
import * as applicants from '../store/applicants.ts';

let world: World;
let service: TestService;
let today = '2026-11-21T08:00:00Z';
beforeAll(async () => {
  world = await openWorld();
  service = await startService(world.deps);
});
afterAll(async () => {
  await service.close();
  await world.close();
});
/** Each test begins more than ten minutes after the one before. */
beforeEach(async () => {
  today = new Date(Date.parse(today) + 3_600_000).toISOString();
  world.setNow(today);
  await world.told();
});

const mutation = `mutation ($input: PrepareApplicationInput!) { prepareApplication(input: $input) {
  __typename ... on ApplicationPrepared { preparedAt receipt } ... on Refusal { code message } } }`;
const prepare = (actor: Actor, input: object = {}) => service.ask(actor, mutation, { input });
const outcomeOf = async (actor: Actor): Promise<string> => {
  const { data, errors } = await prepare(actor);
  return errors?.[0]?.extensions.code ?? data.prepareApplication.__typename;
};
const childrenOf = async (actor: Actor): Promise<readonly string[]> =>
  (await service.ask(actor, '{ viewer { children { id } } }')).data.viewer.children.map(
    ({ id }: { id: string }) => id,
  );
/** Who was told to be followed since the last time, by number, with how. */
const followed = async () => {
  const told = (await world.told()).filter(({ type }) => type === personFollowedV1.type);
  return Promise.all(
    told.map(async ({ data }) => {
      const { personId, reason, sealed, withResidence, tellAgain } = personFollowedV1.data.parse(data);
      const { number } = await open(world.deps.numbers.sealKeys, personId, sealed, followedPersonSchema);
      return { number, reason, withResidence, tellAgain };
    }),
  );
};
/** Somebody whom nobody here has heard of, signed in. */
async function somebody(): Promise<{ number: string; actor: Actor; personId: string }> {
  const number = aNumber();
  const signedIn = await signInGuardian(world.deps, number);
  if (!signedIn.ok) throw new Error('not signed in');
  return { number, actor: guardian(signedIn.value.personId), personId: signedIn.value.personId };
}
/** Entries of an adult's own document: of whom they are responsible. */
const responsibleFor = (number: string, ...children: readonly string[]): Pick<Told, 'responsibilities'> => ({
  responsibilities: children.map((childNumber) => ({
    ...{ value: 'felles', childNumber, responsible: { kind: 'person', number } as const },
  })),
});
const setAdmission = async (state: 'OPEN' | 'CLOSED') => {
  const done = await stateFeature(
    world.deps,
    staff(world.id.administrator),
    {
      ...{ feature: 'PLACEMENT', place: everywhere, state, opensOn: null, isReadable: true, notice: null },
      insistsOnDay: true,
    },
    { reason: 'As a test says', idempotencyKey: newId() },
  );
  expect(done.ok).toBe(true);
  await tellFeatures(world.deps);
};

describe('preparing to apply for a place', () => {
  test('is not for staff, machines or services (GUA-24)', async () => {
    const others: readonly Actor[] = [
      staff(world.id.mother),
      staff(world.id.caseWorker),
      { kind: 'machine', clientId: 'x', organisation: '310001236', scopes: [] },
      { kind: 'service', name: 'gateway' },
    ];
    for (const actor of others) expect(await outcomeOf(actor)).toBe('FORBIDDEN');
    expect(await outcomeOf(guardian(newId()))).toBe('NOT_FOUND');
    expect(await world.told()).toEqual([]);
  });

  test('is refused where the municipality has not opened admission, and nobody is looked up (X07, D02)', async () => {
    const { actor } = await somebody();
    expect((await prepare(actor)).data.prepareApplication).toMatchObject({
      ...{ __typename: 'ApplicationsClosed', code: 'APPLICATIONS_CLOSED' },
    });
    expect(await followed()).toEqual([]);
    await setAdmission('OPEN');
    expect(await outcomeOf(actor)).toBe('ApplicationPrepared');
  });

  test('gives the same receipt whoever asks, with children here, hidden, blocked or none (GUA-20, S-06)', async () => {
    const { id } = world;
    const ban = await imposeRestriction(
      world.deps,
      { kind: 'staff', personId: id.officer, level: 'high' },
      {
        ...({ childId: id.theirs, personId: id.father, kind: 'CONTACT_BAN', authority: 'COURT' } as const),
        ...{ reviewOn: '2027-02-01', note: null, parentsKeepView: false },
      },
      asked(),
    );
    expect(ban.ok).toBe(true);
    const known = [id.mother, id.father, id.otherMother, id.hiddenFather, id.hiddenMother].map((one) =>
      guardian(one),
    );
    const answers = [];
    for (const actor of [...known, (await somebody()).actor]) answers.push(await prepare(actor));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]!.data.prepareApplication.preparedAt).toBe(today);
    expect((await prepare(known[0]!, { language: 'EN' })).data.prepareApplication.receipt).toContain(
      'population register',
    );
  });

  test('finds a child that is on no roster, for both who are responsible, and asks where it lives (GUA-01, GUA-03, BHG-03)', async () => {
    const { number, actor, personId } = await somebody();
    const [baby, other] = [aNumber(), aNumber()];
    expect(await outcomeOf(actor)).toBe('ApplicationPrepared');
    expect(await followed()).toEqual([{ number, reason: 'guardian', tellAgain: true }]);
    expect(await childrenOf(actor)).toEqual([]);
    await world.register({ number, ...responsibleFor(number, baby) });
    expect(await followed()).toEqual([
      { number: baby, reason: 'child', withResidence: true, tellAgain: true },
    ]);
    const child = (await world.personOf(baby))!;
    expect(await childrenOf(actor)).toEqual([]);
    const said = { number: baby, birthDate: '2026-02-14', livesHere: 'YES' } as const;
    await world.register({ ...said, responsibilities: heldBy('felles', number, other) });
    expect(await followed()).toEqual([{ number: other, reason: 'guardian' }]);
    await world.register({ number: other });
    expect(new Set(await world.active(child))).toEqual(new Set([personId, await world.personOf(other)]));
    expect(await childrenOf(actor)).toEqual([child]);
    while (await describeChildren(world.deps));
    const described = (await world.told()).filter(
      ({ type, subject }) => type === childDescribedV1.type && subject === child,
    );
    const opened = await openOwn(
      ...([
        world.placementKeys,
        child,
        String(described.at(-1)!.data['sealed']),
        childDescriptionSchema,
      ] as const),
    );
    expect(opened).toEqual({ bornOn: '2026-02-14', livesHere: 'YES', isProtected: false });
  });

  test('gives nobody access by their own document: the child’s alone says who is responsible (GUA-02)', async () => {
    const { number, actor } = await somebody();
    const [baby, mother] = [aNumber(), aNumber()];
    await prepare(actor);
    await world.register({ number, ...responsibleFor(number, baby) });
    await world.register({ number: baby, birthDate: '2026-02-14', responsibilities: heldBy('mor', mother) });
    await world.register({ number: mother });
    expect(await childrenOf(actor)).toEqual([]);
    expect((await service.ask(actor, '{ viewer { name { given } } }')).data.viewer.name).toBeNull();
  });

  test('shows nothing of a protected child, nor that there is one: staff have it to look at (ADR-02, ADR-04, GUA-20)', async () => {
    const [father, none] = [await somebody(), await somebody()];
    const [baby, mother] = [aNumber(), aNumber()];
    for (const { actor } of [father, none]) await prepare(actor);
    await world.register(
      { number: father.number, ...responsibleFor(father.number, baby) },
      { number: none.number },
    );
    await world.register({
      ...{ number: baby, birthDate: '2026-02-14', protection: 'STRENGT_FORTROLIG', livesHere: 'UNKNOWN' },
      responsibilities: heldBy('felles', father.number, mother),
    });
    await world.register({ number: mother, protection: 'STRENGT_FORTROLIG' });
    const child = (await world.personOf(baby))!;
    expect(Object.values(await world.grants(child))).toEqual([
      'PENDING PROTECTION_STRENGT_FORTROLIG',
      'PENDING PROTECTION_STRENGT_FORTROLIG',
    ]);
    expect((await world.openItems(child)).length).toBeGreaterThan(0);
    const query = '{ viewer { name { given } children { id } applicationPreparedAt } }';
    const [seen, unseen] = [await service.ask(father.actor, query), await service.ask(none.actor, query)];
    expect(seen).toEqual(unseen);
  });

  test('is what anybody’s children are looked up for, and nothing else (FREG-06)', async () => {
    const [baby, { mother }] = [aNumber(), world.number];
    // What the mother’s document says of her own children comes with every reading.
    await world.registerAs(world.id.grownMother, {
      number: world.number.grownMother,
      ...responsibleFor(world.number.grownMother, baby),
    });
    expect(await world.personOf(baby)).toBeUndefined();
    await prepare(guardian(world.id.grownMother));
    await world.register({ number: world.number.grownMother, ...responsibleFor(mother, baby) });
    // Not her own: the entry names somebody else.
    expect(await world.personOf(baby)).toBeUndefined();
  });

  test('asks where a child lives that is here already, once (BHG-03)', async () => {
    const mother = guardian(world.id.mother);
    const { number } = world;
    await prepare(mother);
    await followed();
    const own = { number: number.mother, ...responsibleFor(number.mother, number.ours, number.sibling) };
    await world.register(own);
    const both = [number.ours, number.sibling].map((one) => ({
      ...{ number: one, reason: 'child', withResidence: true, tellAgain: undefined },
    }));
    expect(await followed()).toEqual(expect.arrayContaining(both));
    today = new Date(Date.parse(today) + 3_600_000).toISOString();
    world.setNow(today);
    await prepare(mother);
    await world.register(own);
    expect(await followed()).toEqual([{ number: number.mother, reason: 'guardian', tellAgain: true }]);
    // Whatever the registry is told of the child again, it is told this too.
    await world.deps.db.asService((tx) => startSnapshotAbove({ ...world.deps, db: tx }));
    while (await tellSnapshotBatch(world.deps));
    const again = (await followed()).filter((one) => one.number === number.ours);
    expect(again).toEqual([
      { number: number.ours, reason: 'child', withResidence: true, tellAgain: undefined },
    ]);
    // For a year: the next one is another application.
    world.setNow('2027-11-21T08:00:00Z');
    expect(await stopAskingResidence(world.deps)).toBe(0);
    world.setNow('2027-11-23T08:00:00Z');
    expect(await stopAskingResidence(world.deps)).toBeGreaterThanOrEqual(2);
    const stopped = (await followed()).filter((one) => one.number === number.ours);
    expect(stopped).toEqual([
      { number: number.ours, reason: 'child', withResidence: undefined, tellAgain: undefined },
    ]);
    world.setNow(today);
  });

  test('reads the register once for whoever asks again at once, and anew ten minutes later', async () => {
    const { number, actor } = await somebody();
    const first = await prepare(actor);
    expect(await prepare(actor)).toEqual(first);
    expect(await followed()).toHaveLength(1);
    const { data } = await service.ask(actor, '{ viewer { applicationPreparedAt } }');
    expect(data.viewer.applicationPreparedAt).toBe(today);
    expect(
      (await service.ask(staff(world.id.mother), '{ viewer { applicationPreparedAt } }')).data.viewer,
    ).toEqual({
      applicationPreparedAt: null,
    });
    // Answered by a register that knows nobody by the number.
    await world.registerAs((await world.personOf(number))!, null);
    world.setNow(new Date(Date.parse(today) + 10 * 60_000).toISOString());
    await prepare(actor);
    expect(await followed()).toEqual([{ number, reason: 'guardian', tellAgain: true }]);
  });

  test('is asked and seen in one’s own name alone, when the policy is off (S-01, S-12)', async () => {
    const { id, deps } = world;
    await prepare(guardian(id.mother));
    for (const actor of [guardian(id.father), staff(id.mother), staff(id.administrator)]) {
      expect(await lookAs(deps.db, actor, (tx) => applicants.askedAt(tx, id.mother))).toBeNull();
      const inHerName = deps.db.decide(
        actor,
        async () => null,
        async (tx) => aboutNobody(await applicants.ask(tx, id.mother, deps.now())),
      );
      await expect(inHerName).rejects.toMatchObject({ cause: { code: '42501' } });
    }
    await expect(
      lookAs(deps.db, guardian(id.mother), (tx) => tx.execute(sql`select answered_at from applicant`)),
    ).rejects.toMatchObject({ cause: { code: '42501' } });
  });
});
