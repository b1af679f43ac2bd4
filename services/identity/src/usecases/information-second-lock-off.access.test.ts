import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, openDesk, outcome } from '../testing/information.ts';
import { attempts, noHandlers } from '../testing/no-handlers.ts';
import { readInformationQueue, readInformationRequests } from './read-information-requests.ts';

let desk: Desk;
let requestId: string;
beforeAll(async () => {
  desk = await openDesk();
  requestId = await desk.asked();
  const tables = await desk.database.admin<{ name: string }[]>`
    select oid::regclass::text as name from pg_class where relkind = 'r' and relrowsecurity`;
  for (const { name } of tables)
    await desk.database.admin.unsafe(`alter table ${name} disable row level security`);
  await desk.database.admin.unsafe(`
    create or replace function access.handled_requests() returns uuid[] language sql stable security definer
      set search_path = pg_catalog, public, pg_temp
      as $$ select array_agg(request_id) from information_request $$`);
});
afterAll(() => desk.close());

describe('with row-level security switched off, the policy of requests still (S-12)', () => {
  test.each(noHandlers)('shows nothing of one to %s, who can do nothing with it', async (_who, actorOf) => {
    const actor = actorOf(desk);
    expect(await readInformationRequests(desk.deps, actor, [requestId])).toEqual(new Map());
    const wanted = { after: null, first: 10, states: ['RECEIVED', 'CHECKED'], hasComplaint: true } as const;
    expect((await readInformationQueue(desk.deps, actor, wanted)) ?? []).toEqual([]);
    for (const [name, input] of attempts)
      expect(['NOT_FOUND', 'FORBIDDEN'], name).toContain(
        outcome(await desk.change(actor, name, { requestId, ...input })),
      );
    const list = '{ viewer { informationRequests { nodes { id } } } }';
    expect((await desk.service.ask(actor, list)).data?.viewer?.informationRequests.nodes ?? []).toEqual([]);
  });

  test('shows a case worker nothing of what lies with the protection officers (ADR-04)', async () => {
    const hidden = await desk.asked(await desk.stranger(), { childNumber: desk.number.hidden });
    const ids = async (name: 'caseWorker' | 'officer') =>
      (await desk.queue(desk.staff(name))).data.informationRequests.nodes.map(({ id }: { id: string }) => id);
    expect(await ids('officer')).toEqual([hidden]);
    expect(await ids('caseWorker')).toEqual([requestId]);
    expect(await readInformationRequests(desk.deps, desk.staff('caseWorker'), [hidden])).toEqual(new Map());
  });
});
