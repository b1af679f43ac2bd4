import { newId } from '@ranselpost/kit/ids';
import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Harness, harness } from '../testing/harness.ts';
import { forgetOldReads, keepReadsElsewhere, sealReads, tellHead } from './keep-access-log.ts';
import { verifyAccessLog } from './verify-access-log.ts';

let h: Harness;
const open = async () => void (h = await harness());
const close = () => h.close();

/** As other services tell them: some answers, each about some children. */
async function readElsewhere(...sizes: readonly number[]): Promise<void> {
  const reads = sizes.map((size) => ({
    ...{ service: 'attendance', readId: newId(), readerId: newId(), capacity: 'staff' as const },
    readAt: h.deps.now().toISOString(),
    reads: Array.from({ length: size }, () => ({
      ...{ childId: newId(), kind: 'ABSENCE' as const, unitId: newId(), role: 'TEACHER', rule: 'S-02' },
    })),
  }));
  await h.deps.db.asService((tx) => keepReadsElsewhere({ ...h.deps, db: tx }, reads));
}

/** Three blocks with four entries in the middle one, told to others after the second and the third. */
async function aLog(): Promise<void> {
  await readElsewhere(1);
  await sealReads(h.deps);
  await readElsewhere(3, 1);
  await sealReads(h.deps);
  await tellHead(h.deps);
  await h.database.admin`alter table access_log_head disable trigger user`;
  await h.database.admin`update access_log_head set told_at = now() - interval '1 hour'`;
  await h.database.admin`alter table access_log_head enable trigger user`;
  await readElsewhere(2);
  await sealReads(h.deps);
  await tellHead(h.deps);
}

async function heads(heardAt = h.deps.now().toISOString()): Promise<string> {
  const told = (await h.told()).filter(({ type }) => type === 'identity.access-log.sealed.v1');
  return told.map(({ data }) => `${JSON.stringify({ ...data, heardAt })}\n`).join('');
}

const verify = async (known = '') => {
  const lines = known.split('\n').filter((line) => line !== '');
  const told = lines.map((line) => JSON.parse(line) as { block: number; hash: string; heardAt: string });
  const result = await verifyAccessLog(h.deps, new Map(told.map(({ block, ...head }) => [block, head])));
  return result.ok ? { holds: result.value } : { broken: result.refusal };
};

/** The same, as an auditor does it. */
function runVerify(known?: string): { status: number | null; said: any } {
  const file = join(mkdtempSync(join(tmpdir(), 'heads-')), 'heads.jsonl');
  if (known !== undefined) writeFileSync(file, known);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      fileURLToPath(new URL('../verify-access-log.ts', import.meta.url)),
      ...(known === undefined ? [] : ['--heads', file]),
    ],
    { env: { DATABASE_URL: h.database.url }, encoding: 'utf8' },
  );
  if (stdout === '') throw new Error(stderr);
  return { status, said: JSON.parse(stdout) };
}

/** What only the one who runs the database can do, and has to switch the guard off for. */
async function tamper(...statements: readonly string[]): Promise<void> {
  for (const table of ['access_log', 'access_log_block', 'access_log_head', 'staff_read'])
    await h.database.admin.unsafe(`alter table ${table} disable trigger all`);
  for (const statement of statements) await h.database.admin.unsafe(statement);
}

const block2 = (entry: number | null, fault: string) => ({ block: 2, entry, fault });

describe('the access log (S-11)', () => {
  beforeEach(open);
  afterEach(close);

  test('holds each child of each answer once, in blocks that follow each other, and verifies', async () => {
    await aLog();
    const known = await heads();
    expect(known.split('\n')).toHaveLength(3);
    expect(runVerify(known)).toMatchObject({
      status: 0,
      said: { holds: { blocks: 3, entries: 7, heads: 2 } },
    });
    expect(await verify()).toMatchObject({ holds: { blocks: 3, entries: 7, heads: 0 } });
    expect(await h.database.admin`select from staff_read`).toHaveLength(0);
  });

  test('that is empty verifies', async () => {
    expect(await verify()).toMatchObject({ holds: { blocks: 0, entries: 0 } });
  });

  test('that is broken ends the command with status 1 and the link that does not hold', async () => {
    await aLog();
    await tamper(`delete from access_log where block = 2 and place = 2`);
    expect(runVerify()).toEqual({ status: 1, said: { broken: block2(2, 'entry-missing') } });
  });

  test.each<[string, readonly string[], object]>([
    [
      'a row that was changed',
      [`update access_log set child_id = gen_random_uuid() where block = 2 and place = 1`],
      block2(1, 'entry-changed'),
    ],
    [
      'a row that was changed, with a hash made up for it',
      [`update access_log set role = 'LEADER', hash = sha256('x') where block = 2 and place = 3`],
      block2(3, 'entry-changed'),
    ],
    [
      'a row that was deleted',
      [`delete from access_log where block = 2 and place = 2`],
      block2(2, 'entry-missing'),
    ],
    [
      'two rows that were swapped',
      [
        `update access_log set place = 100 where block = 2 and place = 1`,
        `update access_log set place = 1 where block = 2 and place = 2`,
        `update access_log set place = 2 where block = 2 and place = 100`,
      ],
      block2(1, 'entry-changed'),
    ],
    [
      'a row that was put in',
      [
        `insert into access_log select block, 4, read_id, service, reader_id, capacity, gen_random_uuid(), kind, unit_id,
           role, rule, read_at, hash from access_log where block = 2 and place = 3`,
      ],
      block2(4, 'entry-added'),
    ],
    [
      'a block that was cut out',
      [`delete from access_log where block = 2`, `delete from access_log_block where number = 2`],
      block2(null, 'block-missing'),
    ],
    [
      'a block that was dated back',
      [`update access_log_block set sealed_at = sealed_at - interval '1 day' where number = 2`],
      block2(null, 'block-changed'),
    ],
    [
      'a tail that was cut off',
      [`delete from access_log where block = 3`, `delete from access_log_block where number = 3`],
      { block: 3, entry: null, fault: 'block-missing' },
    ],
    [
      'a tail whose entries alone are left',
      [`delete from access_log_block where number = 3`],
      { block: 3, entry: 0, fault: 'entry-added' },
    ],
    [
      'a beginning that was cut off',
      [`delete from access_log where block = 1`, `delete from access_log_block where number = 1`],
      { block: 2, entry: 0, fault: 'entry-added' },
    ],
    [
      'a beginning that was cut off as if it were a year old',
      [
        `delete from access_log where block <= 2`,
        `delete from access_log_block where number = 1`,
        `update access_log_block set sealed_at = '2020-01-01' where number = 2`,
      ],
      block2(null, 'block-missing'),
    ],
  ])('with %s names the first broken link', async (_what, statements, broken) => {
    await aLog();
    await tamper(...statements);
    expect(await verify(await heads())).toEqual({ broken });
  });

  test('written anew from some block on verifies by itself, and not against what others were told', async () => {
    await aLog();
    const known = await heads();
    await tamper(
      `delete from access_log where block >= 2`,
      `delete from access_log_head`,
      `delete from access_log_block where number >= 2`,
    );
    await readElsewhere(3, 1);
    await sealReads(h.deps);
    await readElsewhere(2);
    await sealReads(h.deps);
    expect(await verify()).toMatchObject({ holds: { blocks: 3 } });
    expect(await verify(known)).toEqual({ broken: block2(null, 'not-what-was-told') });
  });
});

describe('nobody who works here', () => {
  beforeAll(async () => {
    await open();
    await aLog();
    await readElsewhere(1);
  });
  afterAll(close);

  const refused = (code: string) => ({ cause: { code } });
  test.each([
    [`update access_log set role = 'LEADER'`, '42501'],
    [`delete from access_log`, '42501'],
    [`truncate access_log`, '42501'],
    [`update access_log_block set sealed_at = now()`, '42501'],
    [`delete from access_log_block`, '42501'],
    [`update staff_read set reads = '[1]'`, '42501'],
    [`select forget_access_log()`, null],
  ])('may, as the service itself: %s', async (statement, code) => {
    const done = h.deps.db.asService((tx) => tx.execute(sql.raw(statement)));
    if (code === null) await done;
    else await expect(done).rejects.toMatchObject(refused(code));
    expect(await verify()).toMatchObject({ holds: { entries: 7 } });
  });

  test('can lose what has come in on its way into the log', async () => {
    await expect(h.deps.db.asService((tx) => tx.execute(sql`delete from staff_read`))).rejects.toMatchObject(
      refused('23001'),
    );
  });

  test.each([
    `update access_log set role = 'LEADER'`,
    `delete from access_log`,
    `truncate access_log`,
    `update access_log_block set sealed_at = now()`,
    `delete from access_log_block`,
    `delete from access_log_head`,
    `truncate staff_read`,
  ])('may, as the superuser with the guard on: %s', async (statement) => {
    await expect(h.database.admin.unsafe(statement)).rejects.toThrow(/added and never changed/);
  });

  test('reads what others read by asking as a request: neither what waits nor the chain', async () => {
    const reader = staff();
    for (const query of [
      `select * from staff_read`,
      `select * from access_log_block`,
      `select hash from access_log`,
    ])
      await expect(lookAs(h.deps.db, reader, (tx) => tx.execute(sql.raw(query)))).rejects.toMatchObject(
        refused('42501'),
      );
    expect(await lookAs(h.deps.db, reader, (tx) => tx.execute(sql`select place from access_log`))).toEqual(
      [],
    );
  });
});

describe('after twelve months (RET-10)', () => {
  beforeEach(open);
  afterEach(close);

  test('whole blocks are forgotten, and the rest still verifies from a hash that others hold', async () => {
    await aLog();
    const old = new Date(Date.now() - 400 * 86_400_000).toISOString();
    // The years go by: what was sealed and told is a year older than it was.
    await tamper(
      `update access_log_head set told_at = '${old}' where number = 2`,
      `update access_log set read_at = '${old}' where block <= 2`,
    );
    const before = await h.database.admin`select count(*)::int as entries from access_log`;
    expect(before).toEqual([{ entries: 7 }]);
    await forgetOldReads(h.deps);
    // Sealed yesterday by its block: nothing goes, however old an entry says it is.
    expect(await h.database.admin`select from access_log`).toHaveLength(7);
    await h.database.admin.unsafe(`update access_log_block set sealed_at = '${old}' where number <= 2`);
    for (const table of ['access_log', 'access_log_block', 'access_log_head'])
      await h.database.admin.unsafe(`alter table ${table} enable trigger all`);
    await forgetOldReads(h.deps);
    const left = await h.database.admin`
      select (select array_agg(number order by number) from access_log_block) as blocks,
             (select count(*)::int from access_log) as entries`;
    expect(left).toMatchObject([{ blocks: ['2', '3'], entries: 2 }]);
    const known = await heads(old);
    expect(await verify(known)).toMatchObject({ holds: { blocks: 1, entries: 2 } });
    await forgetOldReads(h.deps);
    expect(await verify(known)).toMatchObject({ holds: { entries: 2 } });
  });
});
