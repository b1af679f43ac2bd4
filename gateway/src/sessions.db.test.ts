import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrations } from './migrations.ts';
import { type Sessions, type SignedIn, createSessions } from './sessions.ts';
import { newId } from '@ranselpost/kit/ids';
import { toActor } from './domain/session.ts';
import * as logins from './store/logins.ts';
import * as store from './store/sessions.ts';
import { hashOf, newSecret } from './secret.ts';

let database: TestDatabase;
let sessions: Sessions;

beforeAll(async () => {
  database = await testDatabase('gateway', migrations);
  sessions = createSessions(database.db, {
    ...{ idleSeconds: 1800, maxSeconds: 28_800 },
    atTablet: { idleSeconds: 300, maxSeconds: 3600 },
  });
});
afterAll(() => database.close());

const mother = (): SignedIn => ({
  kind: 'guardian',
  personId: newId(),
  level: 'substantial',
  issuer: 'https://issuer.test',
  issuerSession: 'sid',
  authTime: new Date(),
  browser: { name: 'FIREFOX', platform: 'LINUX' },
});
const held = (browser = newSecret(), isShared = false) => ({ session: undefined, browser, isShared });
const lastUsed = async (secret: string): Promise<Date> => {
  const [row] = await database.admin<{ last_used_at: Date }[]>`
    select last_used_at from session where secret_hash = ${hashOf(secret)}`;
  return row!.last_used_at;
};

describe('a session', () => {
  test('is found by its secret alone, and the secret is not in the database', async () => {
    const secret = await sessions.open(mother(), held());
    expect(await sessions.find(secret)).toMatchObject({ kind: 'guardian', level: 'substantial' });
    const rows = await database.admin`select * from session`;
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  test.each([undefined, '', 'x', 'A'.repeat(43), 'A'.repeat(44), "' or true --"])(
    'is not found by %s',
    async (guess) => {
      expect(await sessions.find(guess)).toBeUndefined();
    },
  );

  test('is fresh for ten minutes after its person has proved who they are, and for staff says so (T16)', async () => {
    const actorOf = async (minutesAgo: number) => {
      const authTime = new Date(Date.now() - minutesAgo * 60_000);
      const secret = await sessions.open({ ...mother(), kind: 'staff', authTime }, held());
      return toActor((await sessions.find(secret))!);
    };
    expect(await actorOf(0)).toMatchObject({ kind: 'staff', isFresh: true });
    expect(await actorOf(5)).toMatchObject({ isFresh: true });
    // A login of now that the issuer answers by its session of the morning.
    expect(await actorOf(60)).not.toHaveProperty('isFresh');
    expect(await actorOf(11)).not.toHaveProperty('isFresh');
  });

  test('that does not know when its person proved who they are is not fresh', async () => {
    const secret = await sessions.open({ ...mother(), kind: 'staff' }, held());
    await database.admin`update session set auth_time = null where secret_hash = ${hashOf(secret)}`;
    expect(toActor((await sessions.find(secret))!)).not.toHaveProperty('isFresh');
  });

  test('ends after half an hour without use', async () => {
    const secret = await sessions.open(mother(), held());
    await database.admin`update session set last_used_at = now() - interval '29 minutes' where secret_hash = ${hashOf(secret)}`;
    expect(await sessions.find(secret)).toBeDefined();
    await database.admin`update session set last_used_at = now() - interval '31 minutes' where secret_hash = ${hashOf(secret)}`;
    expect(await sessions.find(secret)).toBeUndefined();
  });

  test('ends after a working day, however much it is used', async () => {
    const secret = await sessions.open(mother(), held());
    const { endsAt } = (await sessions.find(secret))!;
    expect(Math.round((endsAt.getTime() - Date.now()) / 60_000)).toBe(8 * 60);
    await database.admin`update session set ends_at = now() - interval '1 second' where secret_hash = ${hashOf(secret)}`;
    expect(await sessions.find(secret)).toBeUndefined();
  });

  test('notes at most once a minute that it was used', async () => {
    const secret = await sessions.open(mother(), held());
    const opened = await lastUsed(secret);
    await sessions.find(secret);
    expect(await lastUsed(secret)).toEqual(opened);
    await database.admin`update session set last_used_at = now() - interval '61 seconds' where secret_hash = ${hashOf(secret)}`;
    const found = await sessions.find(secret);
    expect((await lastUsed(secret)).getTime()).toBeGreaterThanOrEqual(opened.getTime());
    expect(found!.lastUsedAt.getTime()).toBeGreaterThanOrEqual(opened.getTime());
  });

  test('that has run out is deleted, one that lives is not', async () => {
    const [old, idle, living] = [
      await sessions.open(mother(), held()),
      await sessions.open(mother(), held()),
      await sessions.open(mother(), held()),
    ];
    await database.admin`update session set ends_at = now() where secret_hash = ${hashOf(old)}`;
    await database.admin`update session set last_used_at = now() - interval '1 hour' where secret_hash = ${hashOf(idle)}`;
    await database.db.asService((tx) => store.deleteExpired(tx, 1800));
    const rows = await database.admin<{ secret_hash: Buffer }[]>`select secret_hash from session`;
    const left = rows.map(({ secret_hash }) => secret_hash.toString('hex'));
    expect(left).toContain(hashOf(living).toString('hex'));
    expect(left).not.toContain(hashOf(old).toString('hex'));
    expect(left).not.toContain(hashOf(idle).toString('hex'));
  });
});

describe('a session at a shared tablet (T16)', () => {
  const letIn = (tabletId: string) =>
    sessions.openAtTablet({ tabletId, unitId: newId(), personId: newId(), browser: mother().browser });

  test('ends whatever else is open there, and nothing elsewhere', async () => {
    const [here, there] = [newId(), newId()];
    const [first, other] = [await letIn(here), await letIn(there)];
    const second = await letIn(here);
    expect(await sessions.find(first)).toBeUndefined();
    expect(await sessions.find(second)).toMatchObject({ at: { tabletId: here } });
    expect(await sessions.find(other)).toMatchObject({ at: { tabletId: there } });
  });
});

describe('a session at a shared tablet, without use (GUA-19)', () => {
  const unused = (secret: string, minutes: number) => database.admin`
    update session set last_used_at = now() - ${minutes} * interval '1 minute' where secret_hash = ${hashOf(secret)}`;

  test('ends after five minutes, however often it is found; a change keeps it open', async () => {
    const secret = await sessions.openAtTablet({
      ...{ tabletId: newId(), unitId: newId(), personId: newId() },
      browser: mother().browser,
    });
    await unused(secret, 4);
    const found = (await sessions.find(secret))!;
    expect(Date.now() - (await lastUsed(secret)).getTime()).toBeGreaterThan(3 * 60_000);
    await sessions.noteUse(found);
    expect(Date.now() - (await lastUsed(secret)).getTime()).toBeLessThan(3 * 60_000);
    await unused(secret, 6);
    expect(await sessions.find(secret)).toBeUndefined();
  });

  test('ends after five minutes for whoever has signed in there themselves too', async () => {
    const secret = await sessions.open({ ...mother(), kind: 'staff' }, held(newSecret(), true));
    expect(await sessions.find(secret)).toMatchObject({ kind: 'staff', idleSeconds: 300 });
    await unused(secret, 6);
    expect(await sessions.find(secret)).toBeUndefined();
  });
});

describe('a session that is asked for often', () => {
  const replica = async (): Promise<Sessions> => {
    const made = createSessions(database.db, {
      ...{ idleSeconds: 1800, maxSeconds: 28_800 },
      atTablet: { idleSeconds: 300, maxSeconds: 3600 },
    });
    await made.listen();
    return made;
  };

  test('is read once in a second', async () => {
    const one = await replica();
    const secret = await one.open(mother(), held());
    await one.findOften(secret);
    await database.admin`update session set level = 'high' where secret_hash = ${hashOf(secret)}`;
    expect(await one.findOften(secret)).toMatchObject({ level: 'substantial' });
    expect(await one.find(secret)).toMatchObject({ level: 'high' });
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(await one.findOften(secret)).toMatchObject({ level: 'high' });
  });

  test('is dead at once where it was ended, and within moments in every other replica (S-04)', async () => {
    const [one, other] = [await replica(), await replica()];
    const secret = await one.open(mother(), held());
    await eventually(async () => {
      // Remembered in both, also after the last word about other sessions has come through.
      expect(await one.findOften(secret)).toBeDefined();
      expect(await other.findOften(secret)).toBeDefined();
    });
    await one.end(secret);
    expect(await one.findOften(secret)).toBeUndefined();
    await eventually(async () => expect(await other.findOften(secret)).toBeUndefined(), 600);
  });

  test('is not remembered when a session ended while it was being read', async () => {
    const one = await replica();
    const [secret, another] = [await one.open(mother(), held()), await one.open(mother(), held())];
    await database.admin`
      update session set last_used_at = now() - interval '5 minutes' where secret_hash = ${hashOf(secret)}`;
    let reading: Promise<unknown> | undefined;
    // Whoever notes that a session was used waits for whoever holds its row.
    await database.admin.begin(async (tx) => {
      await tx`select * from session where secret_hash = ${hashOf(secret)} for update`;
      reading = one.findOften(secret);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await one.end(another);
    });
    expect(await reading).toBeDefined();
    await database.admin`update session set level = 'high' where secret_hash = ${hashOf(secret)}`;
    expect(await one.findOften(secret)).toMatchObject({ level: 'high' });
  });

  test('is read each time by a replica that does not hear of endings yet', async () => {
    const deaf = createSessions(database.db, {
      ...{ idleSeconds: 1800, maxSeconds: 28_800 },
      atTablet: { idleSeconds: 300, maxSeconds: 3600 },
    });
    const secret = await deaf.open(mother(), held());
    await deaf.findOften(secret);
    await database.admin`update session set level = 'high' where secret_hash = ${hashOf(secret)}`;
    expect(await deaf.findOften(secret)).toMatchObject({ level: 'high' });
  });
});

describe('a login on its way', () => {
  const login: logins.Login = {
    kind: 'guardian',
    level: 'substantial',
    state: 'state',
    nonce: 'nonce',
    codeVerifier: 'verifier',
    returnTo: '/',
    stepsUp: null,
    maxAgeSeconds: 60,
  };
  const take = (hash: Buffer) => database.db.asService((tx) => logins.take(tx, hash));

  test('is taken once', async () => {
    const hash = hashOf(newSecret());
    await database.db.asService((tx) => logins.insert(tx, hash, login));
    expect(await take(hash)).toEqual(login);
    expect(await take(hash)).toBeUndefined();
  });

  test('is taken by one of two answers that come at once', async () => {
    const hash = hashOf(newSecret());
    await database.db.asService((tx) => logins.insert(tx, hash, login));
    const taken = await Promise.all(Array.from({ length: 5 }, () => take(hash)));
    expect(taken.filter((one) => one !== undefined)).toHaveLength(1);
  });

  test('is worth nothing after ten minutes', async () => {
    const hash = hashOf(newSecret());
    await database.db.asService((tx) => logins.insert(tx, hash, login));
    await database.admin`update login set expires_at = now() where secret_hash = ${hash}`;
    expect(await take(hash)).toBeUndefined();
  });
});

describe('the gateway’s tables', () => {
  test('are all under row-level security that binds their owner too (S-12)', async () => {
    const open = await database.admin`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname in ('public', 'migration')
        and not (c.relrowsecurity and c.relforcerowsecurity)`;
    expect([...open]).toEqual([]);
  });

  test('show nothing to the login itself, to their owner, or to the role for requests (S-12)', async () => {
    await sessions.open(mother(), held());
    for (const role of ['gateway', 'gateway_owner', 'gateway_request']) {
      const read = database.admin.begin(async (tx) => {
        await tx.unsafe(`set local role ${role}`);
        return tx`select * from session`;
      });
      const seen = await read.catch((error: unknown) => (error as { code: string }).code);
      expect(seen === '42501' || seen.length === 0).toBe(true);
    }
  });
});
