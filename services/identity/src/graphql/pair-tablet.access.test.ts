import type { Actor } from '@ranselpost/kit/pure/actor';
import { newId } from '@ranselpost/kit/ids';
import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lockedMinutes, mostTries, mostTriesAtTablet } from '../domain/pin.ts';
import { outsidersOfUnits } from '../testing/outsiders.ts';
import { type TestService, startService } from '../testing/service.ts';
import { type Name, type World, openWorld } from '../testing/world.ts';
import { enterTablet, isPaired } from '../usecases/enter-tablet.ts';
import { forgetTablets } from '../usecases/forget-tablets.ts';
import { setPin as set } from '../usecases/set-pin.ts';
import { revokeAgain } from '../usecases/start-over.ts';

let world: World;
let service: TestService;
const now = Date.parse('2026-11-23T07:00:00Z');
const after = (minutes: number) => world.setNow(new Date(now + minutes * 60_000).toISOString());
beforeAll(async () => {
  world = await openWorld();
  service = await startService(world.deps);
  after(0);
});
afterAll(async () => {
  await service.close();
  await world.close();
});

const pair = `mutation ($input: PairTabletInput!) { pairTablet(input: $input) {
  ... on TabletPairing { code codeEndsAt tablet { id name pairedAt lastSeenAt } } } }`;
const unpair = `mutation ($input: UnpairTabletInput!) { unpairTablet(input: $input) { ... on TabletUnpaired { tabletId } } }`;
const setPin = `mutation ($input: SetPinInput!) { setPin(input: $input) {
  ... on PinSet { setAt } ... on PinTooSimple { code message } ... on LoginNotFresh { code } } }`;
const fresh = (personId: string) => ({ ...staff(personId), isFresh: true as const });
const list = `query ($id: ID!) { unit(id: $id) { tablets { id name pairedAt lastSeenAt } } }`;
const names = `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Child { shortName name { given } guardians { id } enrolments { id } } } }`;

const gateway: Actor = { kind: 'service', name: 'gateway' };
const asGateway = async (path: string, body: object, actor: Actor = gateway) =>
  service.post(`/tablets/${path}`, body, await service.actors.sign(actor, 'identity'));
const made = async (name = 'Inngangen', unitId = world.unit['school']!) =>
  (await service.ask(staff(world.id.leader), pair, { input: { unitId, name } })).data.pairTablet;
const pairedBy = (code: string, secretHash: string, formerSecretHash: string | null = null) =>
  asGateway('pair', { code, secretHash, formerSecretHash });
const aSecret = () => createHash('sha256').update(randomBytes(32)).digest('hex');
/** A device that is paired; answers the tablet's id and what the gateway knows the device by. */
async function paired(): Promise<{ tabletId: string; secretHash: string }> {
  const { code, tablet } = await made();
  const secretHash = aSecret();
  expect(await pairedBy(code, secretHash)).toMatchObject({ status: 200 });
  return { tabletId: tablet.id, secretHash };
}
const pinOf: Partial<Record<Name, string>> = {
  teacher: '482915',
  assistant: '700312',
  leader: '915846',
  otherLeader: '604173',
};
const hasPin = async (name: Name) =>
  expect(
    (await service.ask(fresh(world.id[name]), setPin, { input: { pin: pinOf[name]! } })).errors,
  ).toBeUndefined();
const enter = async (secretHash: string, name: Name, pin = pinOf[name]!) =>
  (await asGateway('enter', { secretHash, personId: world.id[name], pin })).status;

describe('a shared tablet (T16)', () => {
  test.each(outsidersOfUnits)(
    'is nothing that %s can make, see or take away (S-06)',
    async (_who, actorOf) => {
      const actor = actorOf(world);
      const { tablet } = await made();
      const hidden = await service.ask(actor, pair, {
        input: { unitId: world.unit['school'], name: 'Inngangen' },
      });
      expect(hidden).toEqual(
        await service.ask(actor, pair, { input: { unitId: newId(), name: 'Inngangen' } }),
      );
      const kept = await service.ask(actor, unpair, { input: { tabletId: tablet.id } });
      expect(kept.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
      expect(kept).toEqual(await service.ask(actor, unpair, { input: { tabletId: newId() } }));
      expect(
        await lookAs(world.deps.db, actor, (tx) => tx.execute(sql`select tablet_id from tablet`)),
      ).toEqual([]);
    },
  );

  test.each<Name>(['teacher', 'assistant', 'office'])(
    'is for no %s of the unit to make or to see',
    async (name) => {
      const input = { unitId: world.unit['school'], name: 'Inngangen' };
      expect((await service.ask(staff(world.id[name]), pair, { input })).errors).toMatchObject([
        { extensions: { code: 'NOT_FOUND' } },
      ]);
      expect(
        (await service.ask(staff(world.id[name]), list, { id: input.unitId })).data.unit.tablets,
      ).toBeNull();
    },
  );

  test.each(['', ' ', 'x'.repeat(61)])('is not called “%s”', async (name) => {
    const { errors } = await service.ask(staff(world.id.leader), pair, {
      input: { unitId: world.unit['school'], name },
    });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('is paired by a code that is good once and for ten minutes; of code and secret the database has hashes', async () => {
    const { code, tablet } = await made('Garderoben');
    const late = await made('Kjøkkenet');
    const secretHash = aSecret();
    expect(await pairedBy('AAAA-AAAA-AAAA', secretHash)).toMatchObject({ status: 404 });
    expect(await pairedBy(code.toLowerCase().replaceAll('-', ' '), secretHash)).toMatchObject({
      ...{ status: 200, body: { tabletId: tablet.id } },
    });
    expect(await pairedBy(code, aSecret())).toMatchObject({ status: 404 });
    after(10);
    expect(await pairedBy(late.code, aSecret())).toMatchObject({ status: 404 });
    after(0);
    const { tablets } = (await service.ask(staff(world.id.leader), list, { id: world.unit['school'] })).data
      .unit;
    expect(tablets).toContainEqual({
      ...{ id: tablet.id, name: 'Garderoben' },
      ...{ pairedAt: new Date(now).toISOString() },
      ...{ lastSeenAt: new Date(now).toISOString() },
    });
    expect(JSON.stringify(await world.database.admin`select * from tablet`)).not.toContain(code);
  });

  test('answers the gateway alone', async () => {
    for (const actor of [staff(world.id.leader), { kind: 'service', name: 'attendance' } as const])
      expect(await asGateway('look', { secretHash: aSecret() }, actor)).toMatchObject({ status: 403 });
    expect(await asGateway('look', { secretHash: 'short' })).toMatchObject({ status: 400 });
    expect(await asGateway('look', { secretHash: aSecret() })).toMatchObject({ status: 404 });
  });
});

describe('a PIN', () => {
  test('is six digits that are not easy to guess, and lies nowhere', async () => {
    const said = async (pin: string) => service.ask(fresh(world.id.teacher), setPin, { input: { pin } });
    const late = await service.ask(staff(world.id.teacher), setPin, { input: { pin: '482915' } });
    expect(late.data.setPin).toEqual({ code: 'LOGIN_NOT_FRESH' });
    expect((await said('1234')).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    await world.database
      .admin`update person set birth_date = '1985-05-17' where person_id = ${world.id.teacher}`;
    for (const easy of ['123456', '170585'])
      expect((await said(easy)).data.setPin).toMatchObject({ code: 'PIN_TOO_SIMPLE' });
    expect((await said('482915')).data.setPin.setAt).toBeTypeOf('string');
    const [row] = await world.database
      .admin`select encode(salt, 'hex') as salt, encode(hash, 'hex') as hash from staff_pin`;
    expect(JSON.stringify(row)).not.toContain('482915');
    await expect(
      world.deps.db.decide(
        staff(world.id.assistant),
        async () => null,
        async (tx) => {
          await tx.execute(sql`update staff_pin set key_id = 'another'`);
          await tx.execute(sql`
            insert into staff_pin (person_id, key_id, salt, hash, set_at)
            values (${world.id.leader}, 'key', decode(repeat('00', 16), 'hex'), decode(repeat('00', 32), 'hex'), now())`);
          throw new Error('somebody else’s PIN was set');
        },
      ),
    ).rejects.toMatchObject({ cause: { code: '42501' } });
  });
});

describe('at a paired tablet', () => {
  let secretHash: string;
  let tabletId: string;
  beforeAll(async () => {
    ({ secretHash, tabletId } = await paired());
    for (const name of ['teacher', 'assistant', 'leader', 'otherLeader'] as const) await hasPin(name);
  });

  test('there are the unit, its groups, and those of its staff who have a PIN', async () => {
    const { body } = await asGateway('look', { secretHash });
    expect(body.unit).toEqual({ id: world.unit['school'], name: 'Paraplyen skole', kind: 'SCHOOL' });
    expect(body.groups.map(({ name }: { name: string }) => name)).toContain('3A');
    const shown = body.staff.map(({ id }: { id: string }) => id).toSorted();
    expect(shown).toEqual([world.id.teacher, world.id.assistant, world.id.leader].toSorted());
  });

  test('a PIN lets in whoever has a role at the unit; a wrong one, none, another unit’s and nobody are the same', async () => {
    expect(await enter(secretHash, 'teacher')).toBe(200);
    expect(await enter(aSecret(), 'teacher')).toBe(404);
    expect(await enter(secretHash, 'teacher', '000000')).toBe(404);
    expect(await enter(secretHash, 'office', '482915')).toBe(404);
    expect(await enter(secretHash, 'otherLeader')).toBe(404);
    expect((await asGateway('enter', { secretHash, personId: newId(), pin: '482915' })).status).toBe(404);
    // The same is written of whoever has a PIN there and of nobody (S-06).
    const written = await world.database.admin`select failures from pin_try where tablet_id = ${tabletId}`;
    expect(written.map(({ failures }) => failures)).toEqual([1, 1, 1, 1]);
  });

  test('after five wrong ones the right one is as wrong for a quarter of an hour there, however many are tried at once', async () => {
    const another = await paired();
    await Promise.all(Array.from({ length: 8 }, () => enter(secretHash, 'assistant', '111112')));
    const [row] = await world.database.admin`
      select failures from pin_try where tried_id = ${world.id.assistant}`;
    expect(row).toEqual({ failures: mostTries });
    expect(await enter(secretHash, 'assistant')).toBe(404);
    expect(await enter(another.secretHash, 'assistant')).toBe(200);
    after(lockedMinutes);
    expect(await enter(secretHash, 'assistant')).toBe(200);
    after(0);
  });

  test('a new PIN is not closed by what was tried of the old one', async () => {
    const { secretHash: own } = await paired();
    for (let times = 0; times < mostTries; times += 1) await enter(own, 'assistant', '111112');
    after(1);
    expect(await enter(own, 'assistant')).toBe(404);
    after(2);
    await hasPin('assistant');
    expect(await enter(own, 'assistant')).toBe(200);
    after(0);
    const { data } = await service.ask(staff(world.id.assistant), '{ viewer { pinSetAt } }');
    expect(data.viewer).toEqual({ pinSetAt: new Date(now + 120_000).toISOString() });
    expect((await service.ask(staff(world.id.office), '{ viewer { pinSetAt } }')).data.viewer).toEqual({
      pinSetAt: null,
    });
  });

  test('nobody is let in for a day when too many were wrong, which the leader sees', async () => {
    const own = await paired();
    await world.database.admin`
      update tablet set failures = ${mostTriesAtTablet - 1}, failures_since = ${new Date(now)} where tablet_id = ${own.tabletId}`;
    expect(await enter(own.secretHash, 'teacher', '111112')).toBe(404);
    expect(await enter(own.secretHash, 'teacher')).toBe(404);
    const { tablets } = (
      await service.ask(
        staff(world.id.leader),
        `query ($id: ID!) { unit(id: $id) { tablets { id closedUntil } } }`,
        {
          id: world.unit['school'],
        },
      )
    ).data.unit;
    const closedUntil = new Date(now + 24 * 3_600_000).toISOString();
    expect(tablets).toContainEqual({ id: own.tabletId, closedUntil });
    expect(await enter(secretHash, 'teacher')).toBe(200);
    after(24 * 60);
    expect(await enter(own.secretHash, 'teacher')).toBe(200);
    after(0);
  });

  test('of a device that is no tablet nothing is hashed', async () => {
    const { db } = world.deps;
    const numbers = {
      ...world.deps.numbers,
      get keys(): never {
        throw new Error('hashed');
      },
    };
    const deps = { ...world.deps, db, numbers };
    const entering = { personId: world.id.teacher, pin: pinOf.teacher! };
    const of = (hash: string) => enterTablet(deps, { ...entering, secretHash: Buffer.from(hash, 'hex') });
    expect(await of(aSecret())).toBeUndefined();
    await expect(of(secretHash)).rejects.toThrow('hashed');
  });

  test('a device that is paired anew is not the tablet any more that it was', async () => {
    const former = await paired();
    const { code, tablet } = await made();
    await world.told();
    expect(await pairedBy(code, aSecret(), former.secretHash)).toMatchObject({ status: 200 });
    expect(await isPaired(world.deps, former.tabletId)).toBe(false);
    expect(await isPaired(world.deps, tablet.id)).toBe(true);
    expect(await world.told()).toMatchObject([
      { type: 'identity.tablet.unpaired.v1', data: { tabletId: former.tabletId } },
    ]);
  });

  test('a PIN comes under the current key by being used, and tablets go that nobody has use of (RET-10)', async () => {
    const [key] = world.deps.numbers.keys.keys.values();
    const keys = {
      current: 'newer',
      keys: new Map([...world.deps.numbers.keys.keys, ['newer', key!] as const]),
    };
    const deps = { ...world.deps, numbers: { ...world.deps.numbers, keys } };
    const entering = {
      secretHash: Buffer.from(secretHash, 'hex'),
      personId: world.id.leader,
      pin: pinOf.leader!,
    };
    for (let times = 0; times < 2; times += 1)
      expect(await enterTablet(deps, entering)).toMatchObject({ tabletId });
    expect(
      await world.database.admin`select key_id from staff_pin where person_id = ${world.id.leader}`,
    ).toEqual([{ key_id: 'newer' }]);
    await hasPin('leader');
    const [unused, gone] = [await made(), await paired()];
    await service.ask(staff(world.id.leader), unpair, { input: { tabletId: gone.tabletId } });
    const known = async () =>
      (await world.database.admin`select tablet_id from tablet`).map(({ tablet_id }) => tablet_id);
    await forgetTablets({ ...world.deps, now: () => new Date(now + 3_600_000) });
    expect(await known()).not.toContain(unused.tablet.id);
    expect(await known()).toContain(gone.tabletId);
    await forgetTablets({ ...world.deps, now: () => new Date(now + 366 * 24 * 3_600_000) });
    expect(await known()).not.toContain(gone.tabletId);
    expect(await known()).toContain(tabletId);
    expect(await world.database.admin`select from pin_try`).toEqual([]);
  });

  test('whose role is over is let in no more, at once', async () => {
    const role = sql`update staff_role set to_day = '2026-11-23' where person_id = ${world.id.assistant}`;
    await world.deps.db.asService((tx) => tx.execute(role));
    expect(await enter(secretHash, 'assistant')).toBe(404);
    expect((await asGateway('look', { secretHash })).body.staff).toHaveLength(2);
    await world.deps.db.asService((tx) =>
      tx.execute(sql`update staff_role set to_day = null where person_id = ${world.id.assistant}`),
    );
  });

  test('children in one’s charge have a short name, and nothing else; the log says at which tablet (S-11, ADR-10)', async () => {
    const { id, unit } = world;
    const at = (name: Name, given = {}): Actor => ({
      ...{ kind: 'tablet', personId: id[name], tabletId, unitId: unit['school']! },
      ...given,
    });
    const seenBy = async (actor: Actor) => {
      const ids = [id.ours, id.theirs, id.hidden].map((childId) => ({ __typename: 'Child', id: childId }));
      return (await service.ask(actor, names, { ids })).data._entities as readonly object[];
    };
    const only = (shortName: string) => ({ shortName, name: null, guardians: [], enrolments: [] });
    expect(await seenBy(at('assistant'))).toEqual([only('KULERUND S.'), null, null]);
    expect(await seenBy(at('teacher'))).toEqual([only('KULERUND S.'), null, only('MYK S.')]);
    for (const other of [
      at('otherLeader'),
      at('former'),
      // A parent who works there is staff here, as staff.
      at('mother'),
      at('teacher', { unitId: unit['other'] }),
      at('teacher', { tabletId: newId() }),
    ])
      expect(await seenBy(other)).toEqual([null, null, null]);
    const reads = await world.database.admin<{ reader_id: string; tablet_id: string; children: number }[]>`
      select reader_id, tablet_id, jsonb_array_length(reads)::int as children from staff_read where tablet_id is not null order by read_at`;
    expect(reads).toEqual([
      { reader_id: id.assistant, tablet_id: tabletId, children: 1 },
      { reader_id: id.teacher, tablet_id: tabletId, children: 2 },
    ]);
  });

  async function opensNothingElse(): Promise<void> {
    const at: Actor = { kind: 'tablet', personId: world.id.teacher, tabletId, unitId: world.unit['school']! };
    const everything = `{ viewer { id } workItems(first: 5) { nodes { id } } child(id: "${world.id.ours}") { name { given } } unit(id: "${world.unit['school']}") { name contact { phone } tablets { id } } }`;
    const { unit, ...rest } = (await service.ask(at, everything)).data;
    expect(unit).toEqual({ name: 'Paraplyen skole', contact: null, tablets: null });
    expect(Object.values(rest).every((field) => field === null)).toBe(true);
    expect((await service.ask(at, `{ unit(id: "${world.unit['sfo']}") { name } }`)).data.unit).toBeNull();
    const ids = [world.id.ours, world.id.theirs].map((id) => ({ __typename: 'Child', id }));
    expect((await service.ask(at, names, { ids })).data._entities).toEqual([
      { shortName: 'KULERUND S.', name: null, guardians: [], enrolments: [] },
      null,
    ]);
  }
  test('there is nothing else to be seen', opensNothingElse);

  test('there is nothing else to be seen where row-level security is switched off (S-12)', async () => {
    const tables = await world.database.admin<{ name: string }[]>`
      select oid::regclass::text as name from pg_class where relkind in ('r', 'p') and relrowsecurity`;
    const turn = async (how: 'disable' | 'enable') => {
      for (const { name } of tables)
        await world.database.admin.unsafe(`alter table ${name} ${how} row level security`);
    };
    await turn('disable');
    try {
      await opensNothingElse();
    } finally {
      await turn('enable');
    }
  });

  test('without a policy row-level security shows no more (S-12)', async () => {
    const at: Actor = { kind: 'tablet', personId: world.id.teacher, tabletId, unitId: world.unit['school']! };
    const seen = (table: string) =>
      lookAs(world.deps.db, at, (tx) => tx.execute(sql.raw(`select count(*)::int as seen from ${table}`)));
    for (const table of ['access_grant', 'child_group', 'tablet', 'access_log', 'person_settings'])
      expect([table, ...(await seen(table))]).toEqual([table, { seen: 0 }]);
    // Two of the class: the hidden one as well, for whom this teacher is named.
    expect(await seen('person')).toEqual([{ seen: 2 }]);
    expect(await seen('unit')).toEqual([{ seen: 1 }]);
  });

  test('it is out when the leader takes it away, which is told (S-04); and no restore brings it back (S-27)', async () => {
    expect(await isPaired(world.deps, tabletId)).toBe(true);
    await world.told();
    expect(
      (await service.ask(staff(world.id.leader), unpair, { input: { tabletId } })).data.unpairTablet,
    ).toEqual({
      tabletId,
    });
    expect(await world.told()).toMatchObject([{ type: 'identity.tablet.unpaired.v1', data: { tabletId } }]);
    expect(await isPaired(world.deps, tabletId)).toBe(false);
    expect(await enter(secretHash, 'teacher')).toBe(404);
    expect((await asGateway('look', { secretHash })).status).toBe(404);
    const other = await paired();
    after(365 * 24 * 60);
    expect(await isPaired(world.deps, other.tabletId)).toBe(false);
    after(0);
    expect(await isPaired(world.deps, other.tabletId)).toBe(true);
    expect((await set(world.deps, fresh(world.id.teacher), '482915')).ok).toBe(true);
    await revokeAgain(world.deps, null);
    expect(await isPaired(world.deps, other.tabletId)).toBe(false);
    expect(await world.database.admin`select from staff_pin`).toEqual([]);
  });
});
