import { CookieJar, walkSignIn } from '@ranselpost/infra/simulators/idporten/sign-in';
import { openLive } from '@ranselpost/infra/visitor/live';
import { calendarOf, everyDay, setCalendar } from '@ranselpost/infra/visitor/register';
import { Visitor } from '@ranselpost/infra/visitor/visitor';
import { newId } from '@ranselpost/kit/ids';
import { addDays } from '@ranselpost/kit/pure/dates';
import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { today } from './absences.ts';
import { soon } from './rights.ts';
import { openTown } from './town.ts';

const town = openTown();
afterAll(() => town.close());

const operation = (name: string): Promise<string> =>
  readFile(new URL(`../../../schema/operations/${name}.graphql`, import.meta.url), 'utf8');
const pin = '482915';
const leader = 'staff.kindergartenLeader';

/** What a browser sends a route outside of the graph; its cookies stay with it. */
async function send(device: Visitor, path: string, body?: object): Promise<Response> {
  const url = new URL(path, town.gateway);
  const response = await fetch(url, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json', origin: url.origin, cookie: device.jar.header(url) },
  });
  device.jar.store(url, response.headers.getSetCookie());
  return response;
}

/** Whatever an answer tells. */
const leavesOf = (data: unknown): readonly unknown[] =>
  typeof data === 'object' && data !== null
    ? Object.values(data).flatMap(leavesOf)
    : data == null
      ? []
      : [data];

describe('the staff of a kindergarten share a tablet (T16, T25, W03)', () => {
  let tablet: Visitor;
  let tabletId: string;
  let unitId: string;
  let pedagogue: string;
  let childId: string;
  test('which the leader has paired by a code', async () => {
    const own = await town.visit('staff', 'staff.pedagogue');
    const { data } = await own.ask<{ viewer: { id: string; roles: { unit: { id: string } }[] } }>(
      '{ viewer { id roles { unit { id } } } }',
    );
    pedagogue = data!.viewer.id;
    unitId = data!.viewer.roles[0]!.unit.id;
    const set = async () =>
      (await own.ask(`mutation ($pin: String!) { setPin(input: { pin: $pin }) { __typename } }`, { pin }))
        .data;
    const logIn = (path: string) =>
      walkSignIn({ startUrl: new URL(path, town.gateway).href, pid: 'staff.pedagogue', jar: own.jar });
    // The issuer lets whoever finds the browser open in by itself, with the proof of the morning.
    await town.control('staff', 'sessions/age', { pid: 'staff.pedagogue', seconds: 3600 });
    await logIn('/login/staff');
    expect(await set()).toEqual({ setPin: { __typename: 'LoginNotFresh' } });
    await logIn('/login/staff?fresh=true');
    expect(await set()).toEqual({ setPin: { __typename: 'PinSet' } });
    const pair = `mutation ($unitId: ID!) { pairTablet(input: { unitId: $unitId, name: "Garderoben" }) {
      ... on TabletPairing { code tablet { id } } } }`;
    const made = await (
      await town.visit('staff', leader)
    ).ask<{
      pairTablet: { code: string; tablet: { id: string } };
    }>(pair, { unitId });
    tabletId = made.data!.pairTablet.tablet.id;
    tablet = new Visitor(town.gateway, new CookieJar());
    expect((await send(tablet, '/tablet/pair', { code: 'AAAA-AAAA-AAAA' })).status).toBe(404);
    expect((await send(tablet, '/tablet')).status).toBe(404);
    expect((await send(tablet, '/tablet/pair', { code: made.data!.pairTablet.code })).status).toBe(204);
  });

  test('which shows its unit and who can be let in, and lets in by the PIN alone', async () => {
    const shown = (await (await send(tablet, '/tablet')).json()) as {
      unit: { id: string };
      staff: { id: string }[];
    };
    expect(shown).toMatchObject({ unit: { id: unitId } });
    expect(shown.staff.map(({ id }) => id)).toEqual([pedagogue]);
    const { status } = await tablet.ask('{ viewer { id } }');
    expect(status).toBe(401);
    const wrong = await send(tablet, '/tablet/enter', { personId: pedagogue, pin: '000001' });
    const nobody = await send(tablet, '/tablet/enter', { personId: newId(), pin });
    expect([wrong.status, await wrong.text()]).toEqual([401, await nobody.text()]);
    expect((await send(tablet, '/tablet/enter', { personId: pedagogue, pin })).status).toBe(204);
    expect(await (await send(tablet, '/session')).json()).toMatchObject({ kind: 'tablet', level: null });
  });

  test('shows the board with names that are short, and takes marks', async () => {
    type Board = { unit: { dayBoard: { nodes: { child: { id: string; shortName: string } }[] } } };
    const board = await tablet.ask<Board>(await operation('tablet-board'), { unitId, day: today() });
    expect(board.codes).toEqual([]);
    const { nodes } = board.data!.unit.dayBoard;
    for (const { child } of nodes) expect(child.shortName).toMatch(/^\S.* \S\.$/);
    const [own] = await town.look('identity')<{ child_id: string }[]>`
      select e.child_id from enrolment e join staff_role r on r.unit_id = e.unit_id and r.group_id = any (e.group_ids)
      where r.person_id = ${pedagogue} and e.to_day is null order by e.child_id limit 1`;
    childId = own!.child_id;
    const isUsed = async () => {
      const [session] = await town.look('gateway')<{ is_used: boolean }[]>`
        select last_used_at > created_at as is_used from session where tablet_id = ${tabletId}`;
      return session!.is_used;
    };
    // A board that is read anew keeps nobody in (GUA-19).
    expect(await isUsed()).toBe(false);
    const head = await town.visit('staff', leader);
    const usual = await calendarOf(head, unitId);
    expect(await setCalendar(head, unitId, everyDay)).toBe('UnitCalendarSet');
    const marks = [0, -7].map((days) => ({
      ...{ id: newId(), childId, day: addDays(today(), days), standing: 'PRESENT', came: '08:01' },
    }));
    const marked = await tablet.ask<{ markAttendance: { outcomes: { kind: string }[] } }>(
      await operation('mark-attendance'),
      { input: { unitId, marks } },
    );
    await setCalendar(head, unitId, usual);
    expect(await isUsed()).toBe(true);
    expect(marked.data!.markAttendance.outcomes.map(({ kind }) => kind)).toEqual(['TAKEN', 'DAY_WRONG']);
  });

  test('and nothing else: no causes, no messages, no lists, no history, no sessions, no files', async () => {
    for (const query of [
      '{ viewer { id } }',
      '{ unreadThreads }',
      `{ child(id: "${childId}") { name { given } } }`,
      `{ unit(id: "${unitId}") { absences(day: "${today()}") { nodes { id cause } } } }`,
      `{ unit(id: "${unitId}") { threads { nodes { id } } } }`,
      `{ unit(id: "${unitId}") { dayBoard(day: "${addDays(today(), -1)}") { nodes { child { id } } } } }`,
    ]) {
      const { data, codes } = await tablet.ask<Record<string, unknown>>(query);
      expect([query, leavesOf(data)]).toEqual([query, []]);
      expect(codes.filter((code) => !['NOT_FOUND', 'FORBIDDEN'].includes(code))).toEqual([]);
    }
    for (const path of ['/sessions', '/calendar.ics']) expect((await send(tablet, path)).status).toBe(403);
    await expect(tablet.sendFile('bilde.png', Buffer.from('x'))).rejects.toThrow('403');
  });

  test('until the leader takes it away: session and stream end at once (S-04)', async () => {
    const live = await openLive(tablet);
    const unpair = `mutation ($tabletId: ID!) { unpairTablet(input: { tabletId: $tabletId }) { ... on TabletUnpaired { tabletId } } }`;
    const { data } = await (await town.visit('staff', leader)).ask(unpair, { tabletId });
    expect(data).toEqual({ unpairTablet: { tabletId } });
    await soon(() => expect(live.isClosed()).toBe(true));
    expect((await tablet.ask('{ viewer { id } }')).status).toBe(401);
    expect((await send(tablet, '/tablet')).status).toBe(404);
    expect((await send(tablet, '/tablet/enter', { personId: pedagogue, pin })).status).toBe(401);
  });
});
