import { newId } from '@ranselpost/kit/ids';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outsiders } from '../testing/outsiders.ts';
import { type TestService, startService } from '../testing/service.ts';
import { type World, openWorld } from '../testing/world.ts';
import { retain } from '../usecases/retain.ts';

let world: World;
let service: TestService;
beforeAll(async () => {
  world = await openWorld();
  service = await startService(world.deps);
  await world.database.admin`
    insert into municipal_role (role_id, person_id, role, from_day, to_day, source)
    select gen_random_uuid(), p, r, '2026-01-01', '2099-01-01', 'roster'
    from unnest(${[world.id.office, world.id.hiddenMother]}::uuid[], '{ARCHIVIST,PRIVACY_OFFICER}'::text[]) as roles (p, r)`;
});
afterAll(async () => {
  await service.close();
  await world.close();
});

const answer = `__typename ... on RetentionHeld { hold { id personId kind reviewOn placedById liftedAt } }
  ... on RetentionHoldRefused { code message }`;
const place = `mutation ($input: PlaceRetentionHoldInput!) { it: placeRetentionHold(input: $input) { ${answer} } }`;
const lift = `mutation ($input: LiftRetentionHoldInput!) { it: liftRetentionHold(input: $input) { ${answer} } }`;
const list = `query ($after: String) { retentionHolds(first: 1, after: $after) { nodes { id kind personId } pageInfo { hasNextPage endCursor } } }`;
const report = `query ($day: Date) { retentionReport(day: $day) { day finishedAt scanned unacknowledged { service count since }
  figures(first: 1) { nodes { unitId kind state rule count } pageInfo { hasNextPage endCursor } } } }`;
const wish = (personId: string, more: object = {}) => ({
  ...{ personId, kind: 'INSIGHT', reason: 'Sak 2026/17', reviewOn: '2027-03-01', idempotencyKey: newId() },
  ...more,
});
const archivist = () => staff(world.id.office);
const officer = () => staff(world.id.hiddenMother);
const as = async (who: ReturnType<typeof staff>, query: string, input: object) =>
  (await service.ask(who, query, { input })).data.it;
const notFound = { data: null, errors: [{ extensions: { code: 'NOT_FOUND' } }] };

describe('a hold (RET-07)', () => {
  test.each([
    ...outsiders,
    ['the child’s guardian', ({ id }) => guardian(id.mother)],
    ['its contact teacher', ({ id }) => staff(id.teacher)],
    ['its leader', ({ id }) => staff(id.leader)],
    ['an archivist signed in as a guardian', ({ id }) => guardian(id.office)],
  ] as typeof outsiders)(
    'is not for %s to place, lift or read of, nor is the report',
    async (_who, actorOf) => {
      const { holdId } = (await world.database.admin`select hold_id as "holdId" from retention_hold`)[0] ?? {
        holdId: newId(),
      };
      const actor = actorOf(world);
      const hidden = await service.ask(actor, place, { input: wish(world.id.ours) });
      expect(hidden).toMatchObject(notFound);
      for (const input of [wish(newId()), wish('nonsense'), wish(world.id.ours, { reviewOn: '2020-01-01' })])
        expect(await service.ask(actor, place, { input })).toEqual(hidden);
      expect(await service.ask(actor, lift, { input: { holdId, reason: 'x' } })).toMatchObject(notFound);
      for (const query of [list, report])
        expect((await service.ask(actor, query)).errors).toMatchObject(notFound.errors);
    },
  );

  test('is the archivist’s and the privacy officer’s to place; the same under the same key is one', async () => {
    const input = wish(world.id.ours);
    const first = await as(archivist(), place, input);
    expect(first).toMatchObject({
      __typename: 'RetentionHeld',
      hold: { personId: world.id.ours, kind: 'INSIGHT', placedById: world.id.office, liftedAt: null },
    });
    expect(await as(archivist(), place, input)).toEqual(first);
    const { errors } = await service.ask(archivist(), place, { input: { ...input, kind: 'BREACH' } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(await as(officer(), place, wish(world.id.ours, { kind: 'BREACH' }))).toMatchObject({
      hold: { kind: 'BREACH' },
    });
    expect(await world.database.admin`select from retention_hold`).toHaveLength(2);
    const texts = await world.database.admin<{ sealed: string }[]>`
      select sealed from confidential_text join retention_hold on reason_id = text_id`;
    expect(texts.map(({ sealed }) => sealed).join()).not.toContain('Sak');
  });

  test('is refused where it stands, without a reason, and for a day that is none to come', async () => {
    const code = async (more: object) => (await as(archivist(), place, wish(world.id.ours, more))).code;
    expect(await code({})).toBe('RETENTION_HOLD_STANDS');
    expect(await code({ kind: 'COMPLAINT', reason: '  ' })).toBe('RETENTION_HOLD_REASON_MISSING');
    for (const reviewOn of ['2026-11-21', '2028-01-01'])
      expect(await code({ kind: 'COMPLAINT', reviewOn })).toBe('RETENTION_HOLD_REVIEW_INVALID');
  });

  test('is on nobody of the holder’s own, nor on themself (GUA-24)', async () => {
    for (const personId of [world.id.hidden, world.id.hiddenMother])
      expect(await service.ask(officer(), place, { input: wish(personId) })).toMatchObject(notFound);
    const { hold } = await as(archivist(), place, wish(world.id.hidden));
    const input = { holdId: hold.id, reason: 'Mitt eget barn' };
    expect(await service.ask(officer(), lift, { input })).toMatchObject(notFound);
    expect(await as(archivist(), lift, input)).toMatchObject({ __typename: 'RetentionHeld' });
  });

  test('is listed by its day of review, page by page, and no more when it is lifted', async () => {
    const pageAfter = async (after: string | null) =>
      (await service.ask(officer(), list, { after })).data.retentionHolds;
    const first = await pageAfter(null);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await pageAfter(first.pageInfo.endCursor);
    expect(second.pageInfo.hasNextPage).toBe(false);
    const seen = [...first.nodes, ...second.nodes].map(({ kind }: { kind: string }) => kind);
    expect(seen.toSorted()).toEqual(['BREACH', 'INSIGHT']);
    const { errors } = await service.ask(officer(), list, { after: 'bm9uc2Vuc2U' });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('keeps a child whose time is over, and a week after the last is lifted it goes', async () => {
    await world.database.admin`update person set known_since = '2026-01-01'`;
    await world.database
      .admin`update work_item set closed_at = now(), closed_by = 'test' where closed_at is null`;
    await world.database.admin`update enrolment set to_day = '2026-11-01' where child_id = ${world.id.ours}`;
    const found = async (day: string) => {
      world.setNow(`${day}T08:00:00Z`);
      await retain(world.deps);
      const { retentionReport } = (await service.ask(archivist(), report, { day })).data;
      return retentionReport.figures.nodes.map(
        ({ kind, state, rule, count }: Record<string, string>) => `${kind} ${state} ${rule} ${count}`,
      );
    };
    expect(await found('2027-11-01')).toEqual(['CHILD HELD RET-07 1']);
    expect(await world.openItems(null)).toContain('RETENTION_HOLD_REVIEW');
    const holds = await world.database.admin<{ hold_id: string }[]>`
      select hold_id from retention_hold where lifted_at is null`;
    for (const { hold_id: holdId } of holds) {
      const input = { holdId, reason: 'Avsluttet' };
      expect(await as(archivist(), lift, { ...input, reason: ' ' })).toMatchObject({
        code: 'RETENTION_HOLD_REASON_MISSING',
      });
      expect((await as(archivist(), lift, input)).hold.liftedAt).not.toBeNull();
      expect(await as(officer(), lift, input)).toMatchObject({ code: 'RETENTION_HOLD_LIFTED' });
    }
    expect(await found('2027-11-07')).toEqual(['CHILD HELD RET-07 1']);
    expect(await found('2027-11-08')).toEqual(['CHILD ERASED RET-01 1']);
    expect(await world.openItems(null)).toEqual([]);
    expect(
      await world.database.admin`select from retention_hold where person_id = ${world.id.ours}`,
    ).toHaveLength(0);
    // Erased and never there are the same answer.
    expect(await service.ask(archivist(), place, { input: wish(world.id.ours) })).toMatchObject(notFound);
  });
});

describe('the report (RET-08)', () => {
  test('is dated, numbers only, and says which services have yet to answer', async () => {
    const { data } = await service.ask(officer(), report);
    expect(data.retentionReport).toMatchObject({
      day: '2027-11-08',
      finishedAt: expect.any(String),
      unacknowledged: [
        { service: 'attendance', count: 1, since: expect.any(String) },
        { service: 'messaging', count: 1, since: expect.any(String) },
        { service: 'notification', count: 1, since: expect.any(String) },
        { service: 'placement', count: 1, since: expect.any(String) },
        { service: 'registry', count: 1, since: expect.any(String) },
      ],
      figures: {
        nodes: [{ unitId: world.unit['school'], kind: 'CHILD', state: 'ERASED', rule: 'RET-01', count: 1 }],
      },
    });
    expect(data.retentionReport.scanned).toBeGreaterThan(10);
    expect(await service.ask(officer(), report, { day: '2020-01-01' })).toMatchObject({
      errors: notFound.errors,
    });
    expect(JSON.stringify(data)).not.toContain(world.id.ours);
  });
});
