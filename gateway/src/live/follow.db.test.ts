import { connectBus } from '@ranselpost/kit/bus';
import { newId } from '@ranselpost/kit/ids';
import { createLog } from '@ranselpost/kit/log';
import { fact } from '@ranselpost/kit/outbox';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { type IdentityFacts, identityFacts } from '@ranselpost/kit/testing/identity-facts';
import { dayChangedV1 } from '@ranselpost/schema/events/attendance/day-changed.v1';
import { accessRevokedV1 } from '@ranselpost/schema/events/identity/access-revoked.v1';
import { personErasedV1 } from '@ranselpost/schema/events/identity/person-erased.v1';
import { rolesEndedV1 } from '@ranselpost/schema/events/identity/roles-ended.v1';
import { tabletUnpairedV1 } from '@ranselpost/schema/events/identity/tablet-unpaired.v1';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type Surroundings,
  type TestGateway,
  replicaOf,
  startTestGateway,
  surroundings,
} from '../testing/gateway.ts';
import { freePort } from '@ranselpost/kit/testing/bus';
import { childIds, personIds } from '../testing/subgraphs.ts';

let around: Surroundings;
let one: TestGateway;
let other: TestGateway;
let identity: IdentityFacts;
const open: Live[] = [];

beforeAll(async () => {
  around = await surroundings();
  identity = await identityFacts(around.bus.url);
  one = await startTestGateway(around, await freePort());
  other = await startTestGateway(around, await freePort(), replicaOf(one));
});

afterAll(async () => {
  await Promise.all([one.stop(), other.stop()]);
  await identity.close();
  await around.close();
});

afterEach(() => {
  for (const live of open.splice(0)) live.leave();
});

interface Live {
  readonly status: number;
  readonly text: () => string;
  readonly hasEnded: () => boolean;
  readonly leave: () => void;
}

async function live(
  gateway: TestGateway,
  cookie: string,
  headers: Record<string, string> = {},
): Promise<Live> {
  const leaving = new AbortController();
  const response = await fetch(`${gateway.url}/live`, {
    headers: { cookie, ...headers },
    signal: leaving.signal,
  });
  let text = '';
  let hasEnded = false;
  void (async () => {
    try {
      for await (const chunk of response.body!) text += Buffer.from(chunk).toString('utf8');
    } catch {
      // Left by the test itself.
    }
    hasEnded = true;
  })();
  const made = {
    status: response.status,
    text: () => text,
    hasEnded: () => hasEnded,
    leave: () => leaving.abort(),
  };
  open.push(made);
  if (response.status === 200) await eventually(() => expect(text).toContain('retry:'));
  return made;
}

const guardian = (personId: string, sid?: string) =>
  one.signIn({ kind: 'guardian', personId, level: 'substantial' }, sid);
const statusOf = async (cookie: string): Promise<number> =>
  (await fetch(`${one.url}/session`, { headers: { cookie } })).status;
const fresh = (): string => newId();

describe('a live stream', () => {
  test('is server-sent events that nothing keeps, and is not for strangers, machines or other sites', async () => {
    const cookie = await guardian(fresh());
    const response = await fetch(`${one.url}/live`, { headers: { cookie } });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-request-id')).toBeTruthy();
    await response.body!.cancel();
    expect((await fetch(`${one.url}/live`)).status).toBe(401);
    expect((await live(one, cookie, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  test('at a shared tablet is for one that identity vouches for; sessions there end with the tablet or the role (T16, S-04)', async () => {
    const [unitId, teacher] = [newId(), fresh()];
    const browser = { name: 'OTHER', platform: 'OTHER' } as const;
    const letIn = async (at: string) =>
      `__Host-session=${await one.sessions.openAtTablet({ personId: teacher, tabletId: at, unitId, browser })}`;
    // What is vouched for by identity alone is closed where identity is away.
    expect((await live(one, await letIn(newId()))).status).toBe(503);
    const tablet = newId();
    const cookies = [await letIn(tablet), await letIn(newId())];
    expect(await Promise.all(cookies.map(statusOf))).toEqual([200, 200]);
    await identity.tell(tabletUnpairedV1, { tabletId: tablet });
    await eventually(async () => expect(await Promise.all(cookies.map(statusOf))).toEqual([401, 200]));
    await identity.tell(rolesEndedV1, { personId: teacher });
    await eventually(async () => expect(await statusOf(cookies[1]!)).toBe(401));
  });

  test('hints to each guardian of a child in every replica that there is something to read anew, and to nobody else', async () => {
    const [here, there, stranger] = await Promise.all([
      live(one, await guardian(personIds.mother)),
      live(other, await guardian(personIds.father)),
      live(one, await guardian(fresh())),
    ]);
    const asStaff = await live(
      one,
      await one.signIn({ kind: 'staff', personId: personIds.mother, level: 'substantial' }),
    );
    await identity.guardians(childIds.older, [personIds.mother, personIds.father]);
    const hint = `data: {"kind":"child","id":"${childIds.older}"}\n\n`;
    await eventually(() => {
      expect(here.text()).toContain(hint);
      expect(there.text()).toContain(hint);
    });
    expect(stranger.text()).not.toContain('data:');
    expect(asStaff.text()).not.toContain('data:');
  });

  test('hints to those of the staff on whose board something has changed, with the unit’s id and nothing more', async () => {
    const [unitId, teacher] = [fresh(), fresh()];
    const asStaff = await one.signIn({ kind: 'staff', personId: teacher, level: 'substantial' });
    const [here, asGuardian] = await Promise.all([live(one, asStaff), live(one, await guardian(teacher))]);
    const bus = await connectBus(around.bus.url, 'attendance', createLog('attendance', 'error'));
    const told = fact(dayChangedV1, { unitId, day: '2026-11-23', watchers: [teacher] });
    bus.connection.publish(
      told.type,
      JSON.stringify({
        ...{ specversion: '1.0', id: fresh(), source: 'attendance', time: new Date().toISOString(), seq: 1 },
        ...{ datacontenttype: 'application/json', ...told },
      }),
    );
    await eventually(() => expect(here.text()).toContain(`data: {"kind":"board","id":"${unitId}"}\n\n`));
    expect(asGuardian.text()).not.toContain('data:');
    await bus.close();
  });

  test('is refused to one person beyond a handful', async () => {
    const cookie = await guardian(fresh());
    for (let at = 0; at < 8; at += 1) expect((await live(one, cookie)).status).toBe(200);
    expect((await live(one, cookie)).status).toBe(429);
  });

  test('that is ended while it opens has opened all the same, so that the browser comes back', async () => {
    const bus = await connectBus(around.bus.url, 'attendance', createLog('attendance', 'error'));
    const everybodyLeaves = setInterval(() => bus.connection.publish(dayChangedV1.type, 'unreadable'), 1);
    try {
      for (let at = 0; at < 20; at += 1) {
        const response = await fetch(`${one.url}/live`, { headers: { cookie: await guardian(fresh()) } });
        expect(response.headers.get('content-type')).toContain('text/event-stream');
        expect(await response.text()).toContain('retry:');
      }
    } finally {
      clearInterval(everybodyLeaves);
      await bus.close();
    }
  });

  test('ends when the bus comes back, because nobody knows what was missed', async () => {
    const stream = await live(one, await guardian(fresh()));
    await around.bus.kill();
    await around.bus.start();
    await eventually(() => expect(stream.hasEnded()).toBe(true));
  });
});

describe('a ground that has ended (GUA-10, S-04)', () => {
  test('ends the streams of that person in every replica, and leaves the session while another ground is left', async () => {
    const [father, mother] = [fresh(), fresh()];
    const cookie = await guardian(father);
    const [here, there, others] = await Promise.all([
      live(one, cookie),
      live(other, await guardian(father)),
      live(one, await guardian(mother)),
    ]);
    await identity.tell(accessRevokedV1, {
      personId: father,
      childId: childIds.older,
      hasOtherGrounds: true,
    });
    await eventually(() => expect([here.hasEnded(), there.hasEnded()]).toEqual([true, true]));
    expect(others.hasEnded()).toBe(false);
    expect(await statusOf(cookie)).toBe(200);
  });

  test('ends every session as guardian when it was the last, and none as staff (GUA-24)', async () => {
    const father = fresh();
    const cookies = [await guardian(father), await guardian(father)];
    const asStaff = await one.signIn({ kind: 'staff', personId: father, level: 'substantial' });
    const bystander = await guardian(fresh());
    await identity.tell(accessRevokedV1, {
      personId: father,
      childId: childIds.older,
      hasOtherGrounds: false,
    });
    await eventually(async () => expect(await Promise.all(cookies.map(statusOf))).toEqual([401, 401]));
    expect(await statusOf(asStaff)).toBe(200);
    expect(await statusOf(bystander)).toBe(200);
  });

  test('that is told again later does not end a session opened since', async () => {
    const father = fresh();
    const cookie = await guardian(father);
    await around.database.admin`
      update session set created_at = now() + interval '5 minutes' where person_id = ${father}`;
    await identity.tell(accessRevokedV1, {
      personId: father,
      childId: childIds.older,
      hasOtherGrounds: false,
    });
    const marker = fresh();
    const after = await guardian(marker);
    await identity.tell(accessRevokedV1, {
      personId: marker,
      childId: childIds.older,
      hasOtherGrounds: false,
    });
    await eventually(async () => expect(await statusOf(after)).toBe(401));
    expect(await statusOf(cookie)).toBe(200);
  });
});

describe('a last role that has ended (S-02, S-04)', () => {
  const staff = (personId: string) => one.signIn({ kind: 'staff', personId, level: 'substantial' });

  test('ends every session as staff with its streams, and none as guardian (GUA-24)', async () => {
    const teacher = fresh();
    const [asStaff, asStaffToo] = [await staff(teacher), await staff(teacher)];
    const asGuardian = await guardian(teacher);
    const bystander = await staff(fresh());
    const [stream, own] = await Promise.all([live(other, asStaff), live(other, asGuardian)]);
    await identity.tell(rolesEndedV1, { personId: teacher });
    await eventually(async () =>
      expect(await Promise.all([asStaff, asStaffToo].map(statusOf))).toEqual([401, 401]),
    );
    await eventually(() => expect(stream.hasEnded()).toBe(true), 3_000);
    expect(await Promise.all([asGuardian, bystander].map(statusOf))).toEqual([200, 200]);
    expect(own.hasEnded()).toBe(false);
  });

  test('that is told again later does not end a session opened under a new role since', async () => {
    const [teacher, marker] = [fresh(), fresh()];
    const cookie = await staff(teacher);
    await around.database.admin`
      update session set created_at = now() + interval '5 minutes' where person_id = ${teacher}`;
    await identity.tell(rolesEndedV1, { personId: teacher });
    const after = await staff(marker);
    await identity.tell(rolesEndedV1, { personId: marker });
    await eventually(async () => expect(await statusOf(after)).toBe(401));
    expect(await statusOf(cookie)).toBe(200);
  });
});

describe('a session that ends', () => {
  test('takes its live streams with it, in every replica', async () => {
    const cookie = await guardian(fresh());
    const bystander = await live(other, await guardian(fresh()));
    const [here, there] = await Promise.all([live(one, cookie), live(other, cookie)]);
    await fetch(`${one.url}/logout`, {
      method: 'POST',
      headers: { cookie, origin: one.environment['PUBLIC_URL']!, accept: 'application/json' },
    });
    // Long before the next look at all sessions, which comes every ten seconds.
    await eventually(() => expect([here.hasEnded(), there.hasEnded()]).toEqual([true, true]), 3_000);
    expect(bystander.hasEnded()).toBe(false);
  });
});

test('whoever is erased has nothing open any more in any capacity, and no browser is known of them (RET-09)', async () => {
  const gone = fresh();
  const cookies = [
    await guardian(gone),
    await one.signIn({ kind: 'staff', personId: gone, level: 'substantial' }),
  ];
  await around.database.admin`
    insert into known_browser (person_id, browser_hash, last_seen) values (${gone}, '\\x00', current_date)`;
  const bystander = await guardian(fresh());
  await identity.tell(personErasedV1, { personId: gone, acknowledgeBy: new Date().toISOString() });
  await eventually(async () => expect(await Promise.all(cookies.map(statusOf))).toEqual([401, 401]));
  expect(await around.database.admin`select from known_browser where person_id = ${gone}`).toHaveLength(0);
  expect(await statusOf(bystander)).toBe(200);
});
