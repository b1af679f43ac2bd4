import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { openOwn } from '@ranselpost/kit/seal';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { noticeNameSchema } from '@ranselpost/schema/events/identity/notice-name-changed.v1';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestService, startService } from '../testing/service.ts';
import { type World, openWorld } from '../testing/world.ts';
import { mergePersons } from '../usecases/merge-persons.ts';
import { startSnapshot, startSnapshotAbove, tellSnapshotBatch } from '../usecases/snapshot.ts';
import { tellNoticeNames } from '../usecases/tell-notice-names.ts';

let world: World;
let service: TestService;
beforeAll(async () => {
  world = await openWorld();
  service = await startService(world.deps);
  await world.told();
});
afterAll(async () => {
  await service.close();
  await world.close();
});

const fields = '{ language notices { kind channels obligatory } namesChild }';
const read = async (actor: Actor) =>
  (await service.ask(actor, `{ viewer { language settings ${fields} } }`)).data.viewer;
const update = (actor: Actor, input: object) =>
  service.ask(
    actor,
    `mutation ($input: UpdateSettingsInput!) { updateSettings(input: $input) {
      __typename
      ... on SettingsUpdated { settings ${fields} }
      ... on SettingsNoticeObligatory { code message kind channels } } }`,
    { input },
  );

const all = ['PUSH', 'EMAIL', 'SMS'];
const untouched = {
  language: null,
  notices: [
    { kind: 'DECISION', channels: all, obligatory: ['EMAIL', 'SMS'] },
    { kind: 'CHILD_MISSING', channels: all, obligatory: ['EMAIL', 'SMS'] },
    { kind: 'MESSAGE', channels: all, obligatory: [] },
    { kind: 'NEWS', channels: all, obligatory: [] },
  ],
  namesChild: false,
};

describe('settings', () => {
  test.each<[string, Actor]>([
    ['a machine', { kind: 'machine', clientId: 'x', organisation: '310001236', scopes: [] }],
    ['one of our services', { kind: 'service', name: 'gateway' }],
  ])('are not for %s', async (_who, actor) => {
    expect((await update(actor, { language: 'EN' })).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  test('are nobody’s whom nobody has met', async () => {
    expect((await update(guardian(newId()), { language: 'EN' })).errors).toMatchObject([
      { extensions: { code: 'NOT_FOUND' } },
    ]);
  });

  test('switch off nothing that people have to be told, and a refusal changes nothing (N01, ABS-12)', async () => {
    const mother = guardian(world.id.mother);
    const notices = [{ kind: 'DECISION', channels: ['PUSH'] }];
    expect((await update(mother, { language: 'EN', notices })).data.updateSettings).toEqual({
      __typename: 'SettingsNoticeObligatory',
      code: 'SETTINGS_NOTICE_OBLIGATORY',
      message: expect.stringContaining('slås av') as string,
      kind: 'DECISION',
      channels: ['EMAIL', 'SMS'],
    });
    const twice = [...notices, { kind: 'DECISION', channels: all }];
    expect((await update(mother, { notices: twice })).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(await read(mother)).toEqual({ language: 'NB', settings: untouched });
    expect(await world.told()).toEqual([]);
  });

  test('are one’s own, in the capacity one is signed in with, and nobody else meets them (N14, GUA-24)', async () => {
    const { father, mother, otherMother, teacher } = world.id;
    const notices = [{ kind: 'NEWS', channels: ['EMAIL', 'PUSH', 'EMAIL'] }];
    const chosen = {
      ...{ language: 'SE', namesChild: true },
      notices: untouched.notices.map((one) =>
        one.kind === 'NEWS' ? { ...one, channels: ['PUSH', 'EMAIL'] } : one,
      ),
    };
    const input = { language: 'SE', namesChild: true, notices };
    expect((await update(guardian(father), input)).data.updateSettings).toEqual({
      __typename: 'SettingsUpdated',
      settings: chosen,
    });
    expect(await read(guardian(father))).toEqual({ language: 'SE', settings: chosen });
    // F11: he teaches at the school; as staff he has chosen nothing, and neither has anybody else.
    for (const actor of [
      staff(father),
      guardian(mother),
      guardian(otherMother),
      staff(teacher),
      staff(world.id.leader),
    ])
      expect(await read(actor)).toEqual({ language: 'NB', settings: untouched });
    expect((await update(staff(father), { language: 'EN' })).data.updateSettings.settings).toEqual({
      ...untouched,
      language: 'EN',
    });
    expect((await read(guardian(father))).language).toBe('SE');
  });

  test('are told to whoever sends, each change once and without a text (S-24, ADR-11)', async () => {
    const told = (await world.told()).filter(({ type }) => type === 'identity.settings.changed.v1');
    const about = { personId: world.id.father };
    expect(told.map(({ data }) => data)).toEqual([
      {
        ...{ ...about, capacity: 'guardian', revision: 1, language: 'se', namesChild: true },
        ...{ quietHours: null, digestAt: null },
        notices: [{ kind: 'NEWS', channels: ['PUSH', 'EMAIL'] }],
      },
      {
        ...{ ...about, capacity: 'staff', revision: 1, language: 'en', namesChild: false, notices: [] },
        ...{ quietHours: null, digestAt: null },
      },
    ]);
    const father = guardian(world.id.father);
    await update(father, { language: 'SE', notices: [{ kind: 'NEWS', channels: ['EMAIL', 'PUSH'] }] });
    expect(await world.told()).toEqual([]);
    await update(father, { language: null });
    expect((await world.told()).map(({ data }) => [data['revision'], data['language']])).toContainEqual([
      2,
      null,
    ]);
    expect(await read(father)).toMatchObject({ language: 'NB', settings: { namesChild: true } });
  });

  test('are told again in a snapshot, and above what was told before when that was forgotten (S-24, S-27)', async () => {
    const { deps, id } = world;
    const told = async () => {
      while (await tellSnapshotBatch(deps));
      const facts = (await world.told()).filter(({ type }) => type === 'identity.settings.changed.v1');
      return facts.map(({ data }) => [data['personId'], data['capacity'], Number(data['revision'])] as const);
    };
    await world.told();
    await startSnapshot(deps);
    expect(await told()).toEqual([
      [id.father, 'guardian', 2],
      [id.father, 'staff', 1],
    ]);
    await deps.db.asService((tx) => startSnapshotAbove({ ...deps, db: tx }));
    const [[, , above] = []] = await told();
    expect(above).toBeGreaterThan(2);
    await update(guardian(id.father), { language: 'NB' });
    expect((await told())[0]?.[2]).toBe(above! + 1);
  });

  test('go to the id that stays where two are one human, unless that has chosen itself (FREG-09)', async () => {
    const { deps, database } = world;
    const [survivor, merged] = [newId(), newId()];
    for (const personId of [survivor, merged])
      await database.admin`insert into person (person_id) values (${personId})`;
    await update(guardian(survivor), { language: 'NN' });
    await update(guardian(merged), { language: 'EN' });
    await update(staff(merged), { language: 'SE' });
    const facts = await deps.db.asService((tx) =>
      mergePersons({ ...deps, db: tx }, { merged, survivor, readAt: '2026-11-21T08:00:00Z' }),
    );
    expect(facts.map(({ data }) => data)).toEqual([
      expect.objectContaining({ personId: survivor, capacity: 'guardian', language: 'nn' }),
      expect.objectContaining({ personId: survivor, capacity: 'staff', language: 'se' }),
    ]);
    expect((await read(staff(survivor))).language).toBe('SE');
    expect(await database.admin`select from person_settings where person_id = ${merged}`).toHaveLength(0);
  });

  test('say when to be left alone and when to be told of what is new, and take it back (MSG-15, N13)', async () => {
    const times = '{ quietHours { from to } digestAt }';
    const change = async (input: object) => {
      const answer = await service.ask(
        guardian(world.id.mother),
        `mutation ($input: UpdateSettingsInput!) { updateSettings(input: $input) {
          ... on SettingsUpdated { settings ${times} } } }`,
        { input },
      );
      return answer.data?.updateSettings.settings ?? answer.errors?.[0]?.extensions.code;
    };
    const quietHours = { from: '20:30', to: '06:15' };
    await world.told();
    expect(await change({ quietHours, digestAt: '16:00' })).toEqual({ quietHours, digestAt: '16:00' });
    expect(await change({ digestAt: null })).toEqual({ quietHours, digestAt: null });
    expect((await world.told()).map(({ data }) => [data['quietHours'], data['digestAt']])).toEqual([
      [quietHours, '16:00'],
      [quietHours, null],
    ]);
    for (const from of ['24:00', '7:00', '07:60', 'now'])
      expect(await change({ quietHours: { from, to: '06:00' } })).toBe('BAD_USER_INPUT');
    expect(await change({ quietHours: null })).toEqual({ quietHours: null, digestAt: null });
  });

  test('of two changes at once are both kept', async () => {
    const actor = guardian(world.id.mother);
    await Promise.all([update(actor, { language: 'NN' }), update(actor, { namesChild: true })]);
    expect((await read(actor)).settings).toMatchObject({ language: 'NN', namesChild: true });
  });

  test('that children may be named are told as names, sealed, of nobody protected and to nobody who is (N16, MSG-14, ADR-07)', async () => {
    const { deps, database, id, archiveKeys } = world;
    const told = async () => {
      while (await tellNoticeNames(deps));
      const facts = (await world.told()).filter(({ type }) => type === 'identity.notice-name.changed.v1');
      return facts.map(({ data }) => data as { personId: string; childId: string; sealed: string | null });
    };
    for (const who of [id.hiddenMother, id.otherMother]) await update(guardian(who), { namesChild: true });
    // To staff, who chose it as staff, no name goes.
    await update(staff(id.teacher), { namesChild: true });
    await world.told();
    await database.admin`delete from notice_name`;
    const first = await told();
    const parents = [id.father, id.mother];
    expect(first.map(({ personId, childId }) => `${personId} ${childId}`).toSorted()).toEqual(
      parents.flatMap((parent) => [id.ours, id.sibling].map((child) => `${parent} ${child}`)).toSorted(),
    );
    const [one] = first;
    const about = `${one!.personId}/${one!.childId}`;
    const { firstName } = await openOwn(archiveKeys, about, one!.sealed!, noticeNameSchema);
    const [row] = await database.admin`select given from person where person_id = ${one!.childId}`;
    expect(firstName).toBe(row!['given']);
    expect(JSON.stringify(first)).not.toContain(firstName);
    await expect(openOwn(archiveKeys, one!.childId, one!.sealed!, noticeNameSchema)).rejects.toThrow();
    expect(await told()).toEqual([]);

    // Whoever sends forgets names with the choice: asked for again, they are told again, however soon that is.
    for (const namesChild of [false, true]) await update(guardian(id.father), { namesChild });
    const again = await told();
    expect(again.every(({ personId, sealed }) => personId === id.father && sealed !== null)).toBe(true);
    expect(again.map(({ childId }) => childId).toSorted()).toEqual([id.ours, id.sibling].toSorted());

    // No more when they want it no more, when the child comes to be protected, or when the ground ends.
    await update(guardian(id.mother), { namesChild: false });
    await database.admin`update person set held_protection = 'FORTROLIG' where person_id = ${id.sibling}`;
    const gone = await told();
    expect(gone.map(({ sealed }) => sealed)).toEqual([null, null, null]);
    expect(gone.filter(({ personId }) => personId === id.father)).toMatchObject([{ childId: id.sibling }]);
    const ends = (day: string | null) =>
      database.admin`update access_grant set ends_on = ${day} where person_id = ${id.father} and child_id = ${id.ours}`;
    await ends('2026-01-01');
    expect(await told()).toEqual([{ personId: id.father, childId: id.ours, sealed: null }]);
    await ends(null);
  });

  test('that children may be named are told anew for a copy that begins anew (S-24)', async () => {
    const { deps, id } = world;
    while (await tellNoticeNames(deps));
    await deps.db.asService((tx) => startSnapshotAbove({ ...deps, db: tx }));
    while (await tellSnapshotBatch(deps));
    await world.told();
    while (await tellNoticeNames(deps));
    expect((await world.told()).map(({ type, data }) => [type, data['childId']])).toEqual([
      ['identity.notice-name.changed.v1', id.ours],
    ]);
  });
});
