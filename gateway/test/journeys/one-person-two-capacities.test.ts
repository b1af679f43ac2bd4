import { goldenByName } from '@ranselpost/infra/simulators/population/index';
import { walkSignIn } from '@ranselpost/infra/simulators/idporten/sign-in';
import { inputOf, reportMutation } from '@ranselpost/infra/visitor/absences';
import { Visitor } from '@ranselpost/infra/visitor/visitor';
import { newId } from '@ranselpost/kit/ids';
import { afterAll, describe, expect, test } from 'vitest';
import { report, today } from './absences.ts';
import { askRaw } from './asking.ts';
import { soon } from './rights.ts';
import { importRoster, originalRoster, withoutPlacesOf } from './roster.ts';
import { type Kind, openTown } from './town.ts';

/** F11: the father is contact teacher of the class that his own child goes to. */
const father = 'F11.father';
const town = openTown();
afterAll(() => town.close());

const page = `query { viewer { id name { given } children { id } roles { kind unit { id } group { name } } } }`;
type Page = {
  viewer: {
    id: string;
    children: { id: string }[];
    roles: { kind: string; unit: { id: string } }[];
  };
};
const one = `query ($id: ID!) { child(id: $id) { name { given } guardians { id } enrolments { unit { id } groups { name } } } }`;
const board = `query ($id: ID!, $day: Date!) { unit(id: $id) { absences(day: $day) { nodes { child { id } } } } }`;

/** Goes through a login in a browser that may be signed in already, with the cookies it has. */
const logIn = async (browser: Visitor, kind: Kind): Promise<void> => {
  await walkSignIn({ startUrl: `${town.gateway}/login/${kind}`, pid: father, jar: browser.jar });
};
const secretOf = (browser: Visitor): string => browser.jar.get(town.gateway, '__Host-session')!;
const sessionBy = async (secret: string): Promise<{ kind: string } | number> => {
  const cookie = `__Host-session=${secret}`;
  const response = await fetch(`${town.gateway}/session`, { headers: { cookie } });
  return response.status === 200 ? ((await response.json()) as { kind: string }) : response.status;
};
const pageOf = async (browser: Visitor): Promise<Page['viewer']> =>
  (await browser.ask<Page>(page)).data!.viewer;

describe('a father who teaches his own child, in one browser (GUA-24)', () => {
  test('is a guardian until he logs in as staff, and then staff and nothing else', async () => {
    const browser = new Visitor(town.gateway);
    await logIn(browser, 'guardian');
    const asGuardian = secretOf(browser);
    const child = await town.idOf('F11.child');
    const mine = await pageOf(browser);
    expect([mine.children, mine.roles]).toEqual([[{ id: child }], []]);

    await logIn(browser, 'staff');
    const asStaff = secretOf(browser);
    expect(await sessionBy(asGuardian)).toBe(401);
    expect(await sessionBy(asStaff)).toMatchObject({ kind: 'staff' });
    const theirs = await pageOf(browser);
    expect(theirs.id).toBe(mine.id);
    expect(theirs.children).toEqual([]);
    expect(theirs.roles.length).toBeGreaterThan(0);

    await logIn(browser, 'guardian');
    expect(await sessionBy(asStaff)).toBe(401);
    expect(await pageOf(browser)).toEqual(mine);
  });

  test('chooses as a guardian what does not count at work, nor for anybody else (N02, N14)', async () => {
    const [guardian, teacher, mother] = [
      await town.visit('guardian', father),
      await town.visit('staff', father),
      await town.visit('guardian', 'F11.mother'),
    ];
    const settings = `settings { language notices { kind channels } namesChild }`;
    const change = `mutation ($input: UpdateSettingsInput!) { updateSettings(input: $input) {
      ... on SettingsUpdated { ${settings} } ... on Refusal { code } } }`;
    const read = async (who: Visitor) =>
      (
        await who.ask<{ viewer: { language: string; settings: object } }>(
          `{ viewer { language ${settings} } }`,
        )
      ).data!.viewer;
    const before = await Promise.all([teacher, mother].map(read));
    const notices = [{ kind: 'NEWS', channels: [] }];
    const { data } = await guardian.ask<{ updateSettings: { settings: object } }>(change, {
      input: { language: 'SE', notices, namesChild: true },
    });
    const { settings: chosen } = data!.updateSettings;
    expect(chosen).toMatchObject({ language: 'SE', namesChild: true });
    expect(await read(guardian)).toEqual({ language: 'SE', settings: chosen });
    expect(await Promise.all([teacher, mother].map(read))).toEqual(before);
    const off = { notices: [{ kind: 'CHILD_MISSING', channels: [] }] };
    expect((await guardian.ask(change, { input: off })).data).toEqual({
      updateSettings: { code: 'SETTINGS_NOTICE_OBLIGATORY' },
    });
    // The golden families are found by every journey as they were.
    const all = [{ kind: 'NEWS', channels: ['PUSH', 'EMAIL', 'SMS'] }];
    await guardian.ask(change, { input: { language: null, notices: all, namesChild: false } });
  });

  test('changes nothing by beginning a login and turning back', async () => {
    const browser = await town.visit('staff', father);
    const before = secretOf(browser);
    await town.control('idporten', 'faults', { kind: 'aborted-login' });
    await logIn(browser, 'guardian');
    expect(secretOf(browser)).toBe(before);
    expect((await pageOf(browser)).children).toEqual([]);
  });

  test('sees his own child at work as he sees its classmates, and is no guardian there', async () => {
    const teacher = await town.visit('staff', father);
    const [own, classmate] = [await town.idOf('F11.child'), await town.idOf('F3.shared')];
    type One = { child: { enrolments: object[] } | null };
    const seen = (await teacher.ask<One>(one, { id: own })).data!.child!;
    const other = (await teacher.ask<One>(one, { id: classmate })).data!.child!;
    expect(Object.keys(seen)).toEqual(Object.keys(other));
    expect(seen.enrolments).toEqual(other.enrolments);
    const input = { unitId: newId(), day: today(), cause: 'SICK', idempotencyKey: newId() };
    const mine = await askRaw(teacher, reportMutation, { input: inputOf({ ...input, childId: own }) });
    expect(mine).toEqual(
      await askRaw(teacher, reportMutation, { input: inputOf({ ...input, childId: newId() }) }),
    );
    expect(mine.text).toContain('NOT_FOUND');
  });

  test('sees at home nothing of what he sees at work', async () => {
    const [guardian, teacher] = [await town.visit('guardian', father), await town.visit('staff', father)];
    const unit = (await pageOf(teacher)).roles[0]!.unit.id;
    const day = today();
    expect((await teacher.ask(board, { id: unit, day })).codes).toEqual([]);
    const asked = await guardian.ask<{ unit: { absences: object | null } | null }>(board, { id: unit, day });
    expect(asked.data?.unit?.absences ?? null).toBeNull();
    const classmate = await town.idOf('F3.shared');
    expect(await askRaw(guardian, one, { id: classmate })).toEqual(
      await askRaw(guardian, one, { id: newId() }),
    );
    // What he may report at work, on a guardian's word, he may not at home (ABS-02).
    const input = { childId: classmate, unitId: unit, day, cause: 'SICK', idempotencyKey: newId() };
    expect((await report(guardian, input)).codes).toEqual(['NOT_FOUND']);
  });

  test('finds both of his sessions in his list, in two browsers, and ends one from the other (G21)', async () => {
    const [home, work] = [await town.visit('guardian', father), await town.visit('staff', father)];
    const ask = (path: string, method = 'GET') =>
      fetch(`${town.gateway}${path}`, {
        method,
        headers: { cookie: home.jar.header(town.gateway), origin: town.gateway },
      });
    const { sessions } = (await (await ask('/sessions')).json()) as {
      sessions: { id: string; kind: string; isCurrent: boolean }[];
    };
    expect(sessions.find(({ isCurrent }) => isCurrent)?.kind).toBe('guardian');
    expect(
      (await ask(`/sessions/${sessions.find(({ kind }) => kind === 'staff')!.id}`, 'DELETE')).status,
    ).toBe(204);
    expect(await sessionBy(secretOf(work))).toBe(401);
    expect(await sessionBy(secretOf(home))).toMatchObject({ kind: 'guardian' });
  });

  test('is signed out at work, and not at home, when his last role is over (S-02, S-04)', async () => {
    const { stack } = town;
    const xml = originalRoster(stack);
    const [home, work] = [await town.visit('guardian', father), await town.visit('staff', father)];
    await importRoster(stack, withoutPlacesOf(xml, goldenByName.get(father)!.sourceId));
    try {
      await soon(async () => expect(await sessionBy(secretOf(work))).toBe(401));
      expect(await sessionBy(secretOf(home))).toMatchObject({ kind: 'guardian' });
      expect((await pageOf(home)).children).toHaveLength(1);
    } finally {
      await importRoster(stack, xml);
    }
    await soon(async () => expect((await pageOf(await town.visit('staff', father))).roles).not.toEqual([]));
  });
});
