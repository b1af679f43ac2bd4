import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Desk, openDesk, outcome } from '../testing/information.ts';
import { attempts, noHandlers } from '../testing/no-handlers.ts';
import { readInformationQueue, readInformationRequests } from './read-information-requests.ts';

/** A policy that has forgotten every rule. */
vi.mock('../domain/information-policy.ts', () => ({
  mayAsk: () => {},
  mayHandle: () => {},
  isAsker: () => true,
  tablesOf: () => ({ routes: ['UNSORTED', 'DESK', 'PROTECTION'], unitIds: [] }),
  groundOfHandling: () => ({ role: 'CASE_WORKER', unitId: null }),
}));
vi.mock('@ranselpost/kit/pure/actor', async (original) => ({
  ...(await original<object>()),
  isPerson: () => true,
}));

const tables = [
  'information_request',
  'information_candidate',
  'information_text',
  'information_history',
  'information_entry',
];
let desk: Desk;
let requestId: string;
beforeAll(async () => {
  desk = await openDesk();
  requestId = await desk.asked();
});
afterAll(() => desk.close());

describe('with the policy of requests switched off, row-level security still (S-12)', () => {
  test.each(noHandlers)('shows nothing of one to %s, who can do nothing with it', async (_who, actorOf) => {
    const actor = actorOf(desk);
    // Whoever is no person has no id to look with.
    const failures = 'personId' in actor ? ['NOT_FOUND'] : ['NOT_FOUND', 'INTERNAL'];
    expect(await readInformationRequests(desk.deps, actor, [requestId])).toEqual(new Map());
    const wanted = { after: null, first: 10, states: ['RECEIVED', 'CHECKED'], hasComplaint: true } as const;
    expect((await readInformationQueue(desk.deps, actor, wanted)) ?? []).toEqual([]);
    for (const [name, input] of attempts)
      expect(failures, name).toContain(outcome(await desk.change(actor, name, { requestId, ...input })));
    for (const table of tables)
      expect(
        await lookAs(desk.deps.db, actor, (tx) => tx.execute(sql`select 1 from ${sql.raw(table)}`)),
        table,
      ).toEqual([]);
    expect(
      await lookAs(desk.deps.db, actor, (tx) =>
        tx.execute(sql`select * from access.register_of(${`{${requestId}}`}::uuid[])`),
      ),
    ).toEqual([]);
  });

  test('lets nobody ask in another’s name, or as staff (GUA-24)', async () => {
    const insert = (askerId: string) => sql`
      insert into information_request (request_id, asker_id, scope, form, received_at)
      values (gen_random_uuid(), ${askerId}, 'SCHOOL', 'nb', now())`;
    for (const [actor, askerId] of [
      [desk.asker, desk.id.mother],
      [staff(desk.asker.personId), desk.asker.personId],
      [desk.staff('caseWorker'), desk.asker.personId],
    ] as const)
      await expect(lookAs(desk.deps.db, actor, (tx) => tx.execute(insert(askerId)))).rejects.toMatchObject({
        cause: { code: '42501' },
      });
  });

  test('shows an asker no assessment of theirs, and a decision only when it is told (GUA-20)', async () => {
    const own = await desk.checked({ note: 'Ringte moren.', isHarmful: true });
    await desk.change(desk.staff('caseWorker'), 'refuseInformationRequest', {
      ...{ requestId: own, ground: 'HARM', reasons: 'Derfor.' },
    });
    const seen = async () =>
      (
        await lookAs(desk.deps.db, desk.asker, (tx) =>
          tx.execute<{ kind: string }>(
            sql`select kind from information_text where request_id = ${own} order by kind`,
          ),
        )
      ).map(({ kind }) => kind);
    expect(await seen()).toEqual(['ASKER', 'CHILD', 'QUESTION']);
    await desk.change(desk.staff('caseWorker'), 'releaseInformationDecision', { requestId: own });
    expect(await seen()).toEqual(['AID', 'ASKER', 'CHILD', 'LETTER', 'QUESTION']);
  });

  test('shows a case worker nothing of what lies with the protection officers (ADR-04)', async () => {
    const hidden = await desk.asked(await desk.stranger(), { childNumber: desk.number.hidden });
    const ids = async (name: 'caseWorker' | 'officer') =>
      (
        await lookAs(desk.deps.db, desk.staff(name), (tx) =>
          tx.execute<{ request_id: string }>(sql`select request_id from information_request`),
        )
      ).map((row) => row.request_id);
    expect(await ids('officer')).toEqual([hidden]);
    expect(await ids('caseWorker')).not.toContain(hidden);
  });
});
