import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { instantOf } from '@ranselpost/kit/pure/dates';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aRound,
  draftFor,
  drafted,
  moveRound,
  sent,
  toldAtHome,
  wishesFor,
  withoutApplications,
} from '../../test/applications.ts';
import { applicants, children, people, places } from '../../test/families.ts';
import { type World, openTown } from '../../test/world.ts';
import type { Outcome } from './application-facts.ts';
import { type WrittenChange, changeApplication } from './change-application.ts';
import { forgetNextApplications } from './forget-applications.ts';
import { readApplications, readChildApplications } from './read-applications.ts';
import { type WrittenDraft, saveApplication } from './save-application.ts';
import { submitApplication } from './submit-application.ts';
import { withdrawApplication } from './withdraw-application.ts';

let world: World;
beforeAll(async () => {
  world = await openTown();
});
afterAll(() => world.close());
beforeEach(() => withoutApplications(world));

const { mother, father, otherGuardian } = people;
const { solhaug, fjordbakken } = places;
const page = { first: 20, after: null };
const at = (instant: Date) => ({ ...world.deps, now: () => instant });
const said = (outcome: Outcome) => (outcome.ok ? outcome.value.state : outcome.refusal.kind);
const submit = (actor: Actor, applicationId: string, { deps = world.deps, key = newId() } = {}) =>
  submitApplication(deps, actor, { applicationId, idempotencyKey: key });
const changeOf = (
  applicationId: string,
  version: number,
  more: Partial<WrittenChange> = {},
): WrittenChange => ({
  ...{ applicationId, version, wishes: wishesFor(fjordbakken), wantedStart: null, idempotencyKey: newId() },
  ...more,
});

describe('a draft', () => {
  test('is one for a guardian and a round, is written over, and is nobody else’s to see (BHG-05, GUA-22, P07)', async () => {
    const roundId = await aRound(world);
    const first = await drafted(world.deps, mother, draftFor(roundId));
    expect(first).toMatchObject({ state: 'draft', version: 2, wantedStart: '2027-08-15', submittedAt: null });
    const again = await drafted(
      world.deps,
      mother,
      draftFor(roundId, { wishes: wishesFor(fjordbakken), version: 2 }),
    );
    expect([again.id, again.version, again.wishes]).toEqual([
      ...[first.id, 3],
      [{ rank: 1, kindergarten: fjordbakken, sibling: null }],
    ]);
    const his = await drafted(world.deps, father, draftFor(roundId));
    expect(his.id).not.toBe(first.id);
    for (const [who, id] of [
      [mother, first.id],
      [father, his.id],
    ] as const) {
      const list = await readChildApplications(world.deps, who, { childId: applicants.ada, ...page });
      expect(list).toMatchObject([{ id, isByViewer: true }]);
    }
    for (const who of [father, people.caseWorker, people.officer, people.leaderOfSolhaug])
      expect(await readApplications(world.deps, who, [first.id])).toEqual(new Map());
  });

  test('goes when its round is finished, with what it wished, and no sooner (RET-12)', async () => {
    const roundId = await aRound(world);
    const { id } = await drafted(world.deps, mother, draftFor(roundId));
    const left = async () => {
      await forgetNextApplications(world.deps);
      return (await world.database.admin`select from wish where application_id = ${id}`).length;
    };
    for (const state of ['CLOSED', 'APPEAL']) {
      await moveRound(world, roundId, state);
      expect(await left()).toBe(2);
    }
    await moveRound(world, roundId, 'FINISHED');
    expect(await world.database.admin`select from placement_application where id = ${id}`).toEqual([]);
    // One that an older round has left behind.
    const older = await aRound(world);
    await drafted(world.deps, mother, draftFor(older));
    await world.database.admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`update admission_round set state = 'FINISHED' where id = ${older}`;
    });
    expect(await forgetNextApplications(world.deps, 1)).toBe(true);
    expect(await world.database.admin`select from placement_application where round_id = ${older}`).toEqual(
      [],
    );
  });

  test('keeps nothing that could not be sent, and tells all that is wrong with the wishes (P07)', async () => {
    const roundId = await aRound(world, { wishLimit: 2 });
    const save = (more: Partial<WrittenDraft>) =>
      saveApplication(world.deps, mother, draftFor(roundId, more));
    const { school } = places;
    const wishes = [
      ...wishesFor(solhaug, school, solhaug).map((one) => ({ ...one, sibling: children.theirs })),
    ];
    expect(await save({ wishes })).toEqual({
      ok: false,
      refusal: {
        kind: 'E_WISHES',
        problems: [
          { kind: 'E_TOO_MANY_WISHES', limit: 2 },
          ...[
            { kind: 'E_SIBLING', at: 0 },
            { kind: 'E_UNKNOWN_K', at: 1 },
            { kind: 'E_SIBLING', at: 1 },
          ],
          ...[
            { kind: 'E_DUP_WISH', at: 2 },
            { kind: 'E_SIBLING', at: 2 },
          ],
        ],
      },
    });
    expect(said(await save({ guardianIds: [people.stranger.personId] }))).toBe('E_GUARDIANS');
    expect(said(await save({ version: 7 }))).toBe('E_STALE');
    expect(await world.database.admin`select from placement_application`).toEqual([]);
    expect(said(await save({ wishes: [], guardianIds: [] }))).toBe('draft');
    const withSibling = wishesFor(solhaug).map((one) => ({ ...one, sibling: children.ours }));
    expect(said(await save({ wishes: withSibling }))).toBe('draft');
  });

  test('is for a round that takes applications and that there is, at units that are open (BHG-07, S-06, X07)', async () => {
    const save = async (roundId: string, more = {}) =>
      saveApplication(world.deps, mother, draftFor(roundId, more)).then(
        said,
        ({ code }: { code: string }) => code,
      );
    expect(await save(newId())).toBe('NOT_FOUND');
    expect(await save(await aRound(world, { state: 'DRAFT' }))).toBe('NOT_FOUND');
    for (const state of ['CLOSED', 'ALLOCATED', 'PUBLISHED', 'APPEAL', 'FINISHED'])
      expect(await save(await aRound(world, { state }))).toBe('E_ROUND_NOT_OPEN');
    const unitIds = [solhaug, places.unopened];
    expect(await save(await aRound(world, { unitIds }), { wishes: wishesFor(...unitIds) })).toBe(
      'feature-closed',
    );
  });

  test('of a megabyte of wishes is refused at once, for whichever child (placement § 5, S-06)', async () => {
    const roundId = await aRound(world);
    const wishes = wishesFor(...Array.from({ length: 20_000 }, () => newId()));
    const refusal = { kind: 'E_WISHES', problems: [{ kind: 'E_TOO_MANY_WISHES', limit: 50 }] };
    for (const childId of [applicants.ada, children.theirs, newId()])
      expect(await saveApplication(world.deps, mother, draftFor(roundId, { childId, wishes }))).toEqual({
        ...{ ok: false, refusal },
      });
  });

  test('ends with the grant under which it was written, and does not come back with another (GUA-06, GUA-10)', async () => {
    const roundId = await aRound(world);
    const { id } = await drafted(world.deps, mother, draftFor(roundId));
    await world.identity.guardians(applicants.ada, [father.personId]);
    await world.settled();
    expect(await readApplications(world.deps, mother, [id])).toEqual(new Map());
    await world.identity.guardians(applicants.ada, [mother.personId, father.personId]);
    await world.settled();
    expect(await readApplications(world.deps, mother, [id])).toEqual(new Map());
    expect((await drafted(world.deps, mother, draftFor(roundId))).id).not.toBe(id);
  });

  test('goes with its grant for good, and stays while that one stands, whatever else is told of the child (GUA-10)', async () => {
    const { id } = await drafted(world.deps, mother, draftFor(await aRound(world)));
    const both = [mother.personId, father.personId];
    const there = () => world.database.admin`select from placement_application where id = ${id}`;
    const [before] = await world.database.admin<{ grant_id: string }[]>`
      select grant_id from access.guardian where child_id = ${applicants.ada} and person_id = ${mother.personId}`;
    await world.database
      .admin`update access.guardian set ends_on = '2090-01-01' where grant_id = ${before!.grant_id}`;
    expect(await there()).toHaveLength(1);
    await world.identity.guardians(applicants.ada, [father.personId]);
    await world.settled();
    expect(await there()).toHaveLength(0);
    await world.identity.guardians(applicants.ada, both);
    await world.settled();
  });

  test('is thrown away without a trace', async () => {
    const { id } = await drafted(world.deps, mother, draftFor(await aRound(world)));
    expect(await withdrawApplication(world.deps, mother, id)).toEqual({ ok: true, value: null });
    expect(await world.database.admin`select from placement_application`).toEqual([]);
  });
});

describe('sending', () => {
  test('answers when it came in, to the second, once that is kept; the same key is the same (BHG-05, S-20)', async () => {
    const { id } = await drafted(world.deps, mother, draftFor(await aRound(world)));
    const now = new Date('2026-02-03T10:11:12.900Z');
    const received = await submit(mother, id, { deps: at(now), key: 'k' });
    const receivedAt = new Date('2026-02-03T10:11:12Z');
    expect(received).toMatchObject({
      value: {
        state: 'submitted',
        submittedAt: receivedAt,
        receipts: [{ version: 3, receivedAt, key: 'k' }],
      },
    });
    const { admin } = world.database;
    expect(await admin`select version, received_at, received_by from application_receipt`).toEqual([
      { version: 3, received_at: receivedAt, received_by: mother.personId },
    ]);
    expect(await submit(mother, id, { key: 'k' })).toEqual(received);
    expect(said(await submit(mother, id))).toBe('E_STATE');
    await expect(admin`update application_receipt set received_at = now()`).rejects.toThrow(/never changed/);
  });

  test('is in time in the last second of the deadline’s day in Norway, and with more time for all (BHG-05)', async () => {
    const deadline = '2027-03-01';
    const last = new Date(instantOf('2027-03-02', '00:00').getTime() - 1);
    const late = new Date(last.getTime() + 1);
    const graceUntil = '2027-03-03T11:00:00Z';
    const ask = async (now: Date, roundId: string) => {
      const { id } = await drafted(at(new Date('2027-02-01')), mother, draftFor(roundId));
      return said(await submit(mother, id, { deps: at(now) }));
    };
    expect(await ask(late, await aRound(world, { deadline }))).toBe('E_DEADLINE');
    expect(await ask(late, await aRound(world, { deadline, graceUntil }))).toBe('submitted');
    await withoutApplications(world);
    expect(await ask(last, await aRound(world, { deadline }))).toBe('submitted');
    await withoutApplications(world);
    expect(await ask(late, await aRound(world, { deadline: null, kind: 'CONTINUOUS' }))).toBe('submitted');
  });

  test('names all who are responsible by the register, and asks nobody whether they agree (BHG-04, GUA-22)', async () => {
    const roundId = await aRound(world);
    const { id } = await drafted(world.deps, mother, draftFor(roundId, { guardianIds: [] }));
    expect(said(await submit(mother, id))).toBe('E_GUARDIANS');
    await drafted(world.deps, mother, draftFor(roundId, { guardianIds: [father.personId], wishes: [] }));
    expect(await submit(mother, id)).toMatchObject({
      refusal: { kind: 'E_WISHES', problems: [{ kind: 'E_NO_WISHES' }] },
    });
    await drafted(world.deps, mother, draftFor(roundId, { guardianIds: [father.personId] }));
    expect(said(await submit(mother, id))).toBe('submitted');
    // Whoever is responsible alone names nobody.
    const bo = { childId: applicants.bo, guardianIds: [] };
    expect((await sent(world.deps, otherGuardian, draftFor(roundId, bo))).guardianIds).toEqual([
      otherGuardian.personId,
    ]);
  });

  test('by two guardians at once leaves one application, which the other is shown (placement § 8, GUA-03)', async () => {
    for (let nth = 0; nth < 5; nth += 1) {
      await withoutApplications(world);
      const roundId = await aRound(world);
      const drafts = [
        [mother, (await drafted(world.deps, mother, draftFor(roundId))).id],
        [father, (await drafted(world.deps, father, draftFor(roundId))).id],
      ] as const;
      const outcomes = await Promise.all(drafts.map(([who, id]) => submit(who, id)));
      expect(outcomes.map(said).toSorted()).toEqual(['E_HAS_APPLICATION', 'submitted']);
      const standing = outcomes.find(({ ok }) => ok);
      expect(outcomes.find(({ ok }) => !ok)).toMatchObject({
        refusal: { application: { id: standing?.ok && standing.value.id } },
      });
      expect(
        await world.database.admin`select from placement_application where state = 'SUBMITTED'`,
      ).toHaveLength(1);
    }
  });

  test('is once in rounds of a kind, and again once that was withdrawn (placement § 8)', async () => {
    const first = await sent(world.deps, mother, draftFor(await aRound(world)));
    const roundId = await aRound(world);
    const { id } = await drafted(world.deps, mother, draftFor(roundId));
    expect(said(await submit(mother, id))).toBe('E_HAS_APPLICATION');
    await sent(world.deps, mother, draftFor(await aRound(world, { kind: 'SUPPLEMENTARY' })));
    expect((await withdrawApplication(world.deps, mother, first.id)).ok).toBe(true);
    expect(said(await submit(mother, id))).toBe('submitted');
  });

  test('to the main round is for those with the right and no place; the round that fits is told (BHG-06, BHG-04)', async () => {
    const ofSmall = { childId: children.small };
    const at = async (of: Partial<WrittenDraft>, kind: 'MAIN' | 'TRANSFER' | 'SUPPLEMENTARY' = 'MAIN') => {
      const { id } = await drafted(world.deps, mother, draftFor(await aRound(world, { kind }), of));
      const outcome = await submit(mother, id);
      return outcome.ok || !('fitting' in outcome.refusal) ? said(outcome) : outcome.refusal.fitting;
    };
    expect(await at(ofSmall)).toBe('transfer');
    expect(await at(ofSmall, 'TRANSFER')).toBe('submitted');
    const born = (day: string, livesHere: string) => world.database.admin`
      insert into child_facts (child_id, born_on, lives_here, is_protected, revision)
      values (${applicants.ada}, ${day}, ${livesHere}, false, 1)
      on conflict (child_id) do update set born_on = excluded.born_on, lives_here = excluded.lives_here`;
    await born('2026-12-01', 'YES');
    expect(await at({})).toBe('supplementary');
    expect(await at({}, 'SUPPLEMENTARY')).toBe('submitted');
    // Where it lives counts on the last day to apply, and is found out where the register does not say (BHG-03).
    for (const livesHere of ['NO', 'UNKNOWN']) {
      await withoutApplications(world);
      await born('2026-11-30', livesHere);
      expect(await at({})).toBe('submitted');
    }
    const facts = (actor: Actor) =>
      lookAs(world.deps.db, actor, (tx) =>
        tx.execute(sql`select * from admission_facts(${applicants.ada}, '2027-03-01', 'KINDERGARTEN')`),
      );
    for (const who of [otherGuardian, people.leaderOfSolhaug, people.teacher])
      expect(await facts(who)).toEqual([]);
    for (const who of [father, people.caseWorker]) expect(await facts(who)).toHaveLength(1);
  });

  test('comes too late once the round is closed, also at that very moment (BHG-07)', async () => {
    const roundId = await aRound(world);
    const { id } = await drafted(world.deps, mother, draftFor(roundId));
    const sending = await world.database.admin.begin(async (tx) => {
      await tx`update admission_round set state = 'CLOSED' where id = ${roundId}`;
      const outcome = submit(mother, id);
      // It has looked at the round, which is still open to everybody else, and waits.
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { outcome };
    });
    expect(said(await sending.outcome)).toBe('E_ROUND_NOT_OPEN');
    expect(await world.database.admin`select state from placement_application`).toEqual([{ state: 'DRAFT' }]);
  });
});

describe('what was sent', () => {
  test('is seen alike by both guardians, and the other one is told that there is something (GUA-03, P25)', async () => {
    const before = (await toldAtHome(world)).length;
    const { id, submittedAt } = await sent(world.deps, mother, draftFor(await aRound(world)));
    expect((await toldAtHome(world)).slice(before)).toEqual([[father.personId]]);
    const [hers, his] = await Promise.all(
      [mother, father].map(async (who) => (await readApplications(world.deps, who, [id])).get(id)!),
    );
    expect(his).toEqual({ ...hers, isByViewer: false });
    expect(his).toMatchObject({ submittedAt, guardianIds: [mother.personId, father.personId].toSorted() });
  });

  test('is changed by either, over nothing that was not read, and keeps the time of its receipt (BHG-07, BHG-08, GUA-03)', async () => {
    const { id, version, submittedAt } = await sent(world.deps, mother, draftFor(await aRound(world)));
    const later = at(new Date(Date.now() + 60_000));
    const his = changeOf(id, version);
    const changed = await changeApplication(later, father, his);
    expect(changed).toMatchObject({
      value: {
        version: version + 1,
        submittedAt,
        wantedStart: null,
        wishes: [{ kindergarten: fjordbakken }],
      },
    });
    expect(await changeApplication(later, father, his)).toEqual(changed);
    expect(said(await changeApplication(later, mother, changeOf(id, version)))).toBe('E_STALE');
    expect((await toldAtHome(world)).slice(-1)).toEqual([[mother.personId]]);
    const rows = await world.database.admin`
      select version, received_by, jsonb_array_length(wishes) as wishes from application_receipt order by version`;
    expect(rows).toEqual([
      { version: 3, received_by: mother.personId, wishes: 2 },
      { version: 4, received_by: father.personId, wishes: 1 },
    ]);
  });

  test('is changed by one of two who change it at once (GUA-03)', async () => {
    const { id, version } = await sent(world.deps, mother, draftFor(await aRound(world)));
    const outcomes = await Promise.all(
      [mother, father].map((who) => changeApplication(world.deps, who, changeOf(id, version))),
    );
    expect(outcomes.map(said).toSorted()).toEqual(['E_STALE', 'submitted']);
  });

  test('keeps a brother or sister whom the one who changes it is not told of (GUA-13, P04)', async () => {
    const sister = newId();
    await world.identity.guardians(sister, [mother.personId]);
    await world.settled();
    const wishes = wishesFor(solhaug, fjordbakken).map((one) => ({ ...one, sibling: sister }));
    const { id, version } = await sent(world.deps, mother, draftFor(await aRound(world), { wishes }));
    await changeApplication(world.deps, father, changeOf(id, version));
    const named = async (who: Actor) => (await readApplications(world.deps, who, [id])).get(id)!.wishes;
    expect(await named(father)).toEqual([{ rank: 1, kindergarten: fjordbakken, sibling: null }]);
    expect(await named(mother)).toEqual([{ rank: 1, kindergarten: fjordbakken, sibling: sister }]);
    // Who named it takes it back.
    await changeApplication(world.deps, mother, changeOf(id, version + 1));
    expect(await named(mother)).toEqual([{ rank: 1, kindergarten: fjordbakken, sibling: null }]);
  });

  test('is frozen once the round is closed, and may be withdrawn all the same (BHG-07, P06)', async () => {
    const roundId = await aRound(world);
    const { id, version } = await sent(world.deps, mother, draftFor(roundId));
    await moveRound(world, roundId, 'CLOSED');
    expect(said(await changeApplication(world.deps, mother, changeOf(id, version)))).toBe('E_ROUND_NOT_OPEN');
    expect(await withdrawApplication(world.deps, mother, id)).toMatchObject({
      value: { state: 'withdrawn' },
    });
    expect(await withdrawApplication(world.deps, mother, id)).toMatchObject({
      value: { state: 'withdrawn' },
    });
    expect(await world.database.admin`select from application_withdrawal`).toHaveLength(1);
  });

  test('is withdrawn by whoever sent it, and by the other one who is left (GUA-22)', async () => {
    const { id } = await sent(world.deps, mother, draftFor(await aRound(world)));
    expect(await withdrawApplication(world.deps, father, id)).toEqual({
      ...{ ok: false, refusal: { kind: 'E_NOT_APPLICANT' } },
    });
    await world.identity.guardians(applicants.ada, [father.personId]);
    await world.settled();
    expect(await withdrawApplication(world.deps, father, id)).toMatchObject({
      value: { state: 'withdrawn' },
    });
    await world.identity.guardians(applicants.ada, [mother.personId, father.personId]);
    await world.settled();
  });

  test('of a protected family tells each of them neither of the other, nor when they were up (ADR-11, S-08)', async () => {
    const before = (await toldAtHome(world)).length;
    const roundId = await aRound(world);
    const draft = draftFor(roundId, { childId: children.hidden, guardianIds: [father.personId, newId()] });
    const { id } = await sent(world.deps, mother, draft);
    expect((await toldAtHome(world)).length).toBe(before);
    const seen = async (who: Actor) => (await readApplications(world.deps, who, [id])).get(id);
    expect(await seen(mother)).toMatchObject({
      guardianIds: [mother.personId],
      submittedAt: expect.any(Date),
    });
    expect(await seen(father)).toMatchObject({ guardianIds: [], submittedAt: null, receipts: [] });
    expect((await seen(father))?.wishes).toHaveLength(2);
    const his = await drafted(
      world.deps,
      father,
      draftFor(roundId, { childId: children.hidden, guardianIds: [] }),
    );
    expect(await submit(father, his.id)).toMatchObject({ refusal: { kind: 'E_HAS_APPLICATION' } });
    for (const who of [people.caseWorker, people.leaderOfSolhaug]) expect(await seen(who)).toBeUndefined();
    expect((await seen(people.officer))?.id).toBe(id);
  });
});
