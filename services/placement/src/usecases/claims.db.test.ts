import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays, instantOf } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aRound, draftFor, drafted, moveRound, sent, withoutApplications } from '../../test/applications.ts';
import { type Claimed, claimed, named, rankBy, withClaims } from '../../test/claims.ts';
import { people, places } from '../../test/families.ts';
import { type World, openTown, today } from '../../test/world.ts';
import { readClaimsToAssign } from './assign-claim.ts';
import { type WantedClaim, claimPriority } from './claim-priority.ts';
import { type WantedVerdict, decideClaim, noteProof } from './decide-claim.ts';
import { readAssignedClaims, readClaims, readClaimsOf } from './read-claims.ts';

let world: World;
let ours: Claimed;
beforeAll(async () => {
  world = await openTown();
});
afterAll(() => world.close());
beforeEach(async () => {
  await withoutApplications(world);
  ours = await withClaims(world);
});

const { mother, father, caseWorker, secondCaseWorker } = people;
const page = { first: 20, after: null };
const said = (
  outcome:
    | { readonly ok: true; readonly value: object }
    | { readonly ok: false; readonly refusal: { readonly kind: string } },
): unknown => {
  if (!outcome.ok) return outcome.refusal.kind;
  return 'verdict' in outcome.value ? outcome.value.verdict : 'done';
};
const decide = async (actor: Actor, claimId: string, more: Partial<WantedVerdict> = {}) =>
  said(
    await decideClaim(world.deps, actor, {
      ...{ claimId, verdict: 'granted', reason: null, idempotencyKey: newId(), ...more },
    }),
  );
const prove = async (actor: Actor, claimId: string, provenAt = new Date(Date.now() - 60_000)) =>
  said(await noteProof(world.deps, actor, { claimId, provenAt }));

describe('claiming', () => {
  const claim = async (more: Partial<WantedClaim> = {}, actor: Actor = mother) =>
    said(
      await claimPriority(world.deps, actor, {
        ...{ applicationId: ours.applicationId, flag: 'sibling', unitId: null, ...more },
      }),
    );

  test('is possible by law, and for what the statutes of the units know (BHG-09, BHG-10)', async () => {
    expect(await claim({ flag: 'stress' })).toBe('E_UNKNOWN_FLAG');
    expect(await claim({ flag: 'right' })).toBe('E_UNKNOWN_FLAG');
    expect(await claim({ unitId: places.fjordbakken })).toBe('E_UNKNOWN_FLAG');
    await rankBy(world, ours.roundId, places.fjordbakken, ['stress']);
    expect(await claim({ flag: 'stress', unitId: places.fjordbakken })).toBe('undecided');
    expect(await claim({ unitId: places.school })).toBe('E_UNKNOWN_K');
    expect(await claim({ unitId: places.solhaug })).toBe('undecided');
  });

  test('is the same when it is said again, by either guardian, also at once', async () => {
    const again = await claimed(world, father, ours.applicationId, 'sibling');
    expect(again.id).toBe(ours.general);
    const both = await Promise.all(
      [mother, father].map((actor) =>
        claimPriority(world.deps, actor, {
          ...{ applicationId: ours.applicationId, flag: 'sibling', unitId: places.solhaug },
        }),
      ),
    );
    expect(new Set(both.map((one) => one.ok && one.value.id)).size).toBe(1);
  });

  test('goes with what was sent, while the round takes applications (BHG-07)', async () => {
    await moveRound(world, ours.roundId, 'CLOSED');
    expect(await claim({ unitId: places.solhaug })).toBe('E_ROUND_NOT_OPEN');
    const draft = await drafted(world.deps, mother, draftFor(await aRound(world, { kind: 'TRANSFER' })));
    expect(await claim({ applicationId: draft.id, flag: 'law18' })).toBe('E_STATE');
  });
});

describe('a claim of priority by law', () => {
  test('waits for one case worker to name another, without a word of whom it is about (BHG-09, P24)', async () => {
    const waiting = await readClaimsToAssign(world.deps, caseWorker, page);
    expect(waiting).toEqual([{ id: ours.sensitive, roundId: ours.roundId, claimedAt: expect.any(Date) }]);
    expect(await readClaims(world.deps, caseWorker, [ours.sensitive])).toEqual(new Map());
    expect(said(await named(world, ours.sensitive, secondCaseWorker))).toBe('E_ASSIGNEE');
    expect(said(await named(world, ours.sensitive, people.leaderOfSolhaug))).toBe('E_ASSIGNEE');
    expect(said(await named(world, ours.sensitive, caseWorker))).toBe('done');
    expect(await readClaimsToAssign(world.deps, caseWorker, page)).toEqual([]);
    const mine = await readAssignedClaims(world.deps, caseWorker, page);
    expect(mine).toMatchObject([{ id: ours.sensitive, flag: 'law18' }]);
    expect(await readAssignedClaims(world.deps, secondCaseWorker, page)).toEqual([]);
  });

  test('is nobody’s to decide who is the child’s guardian (GUA-24)', async () => {
    await world.identity.roles(father.personId, [], ['CASE_WORKER']);
    await world.settled();
    expect(said(await named(world, ours.sensitive, father))).toBe('E_ASSIGNEE');
    await world.identity.roles(father.personId, []);
    await world.settled();
  });

  test('waits again once whoever was named does not work with admission any more', async () => {
    await named(world, ours.sensitive, caseWorker);
    await world.identity.roles(caseWorker.personId, []);
    await world.settled();
    expect(await readClaims(world.deps, caseWorker, [ours.sensitive])).toEqual(new Map());
    expect(await readClaimsToAssign(world.deps, secondCaseWorker, page)).toMatchObject([
      { id: ours.sensitive },
    ]);
    await world.identity.roles(caseWorker.personId, [], ['CASE_WORKER']);
    await world.settled();
  });

  test('is decided on by whoever was named, and read by the guardians (ADM-02)', async () => {
    await named(world, ours.sensitive, caseWorker);
    expect(await prove(caseWorker, ours.sensitive)).toBe('undecided');
    expect(await decide(caseWorker, ours.sensitive, { reason: 'Sakkyndig vurdering' })).toBe('granted');
    for (const actor of [mother, father]) {
      const seen = (await readClaims(world.deps, actor, [ours.sensitive])).get(ours.sensitive);
      expect(seen).toMatchObject({
        verdict: 'granted',
        verdicts: [{ verdict: 'granted', reason: 'Sakkyndig vurdering' }],
      });
    }
    const [claims] = await readClaimsOf(world.deps, secondCaseWorker, [ours.applicationId]);
    expect(claims).toMatchObject([{ id: ours.general }]);
  });
});

describe('a verdict', () => {
  test('needs proof that came in time to grant, and reasons to refuse or to replace another (BHG-09, ADM-02, ADM-10)', async () => {
    expect(await decide(caseWorker, ours.general)).toBe('E_NO_PROOF');
    expect(await prove(caseWorker, ours.general, new Date(Date.now() + 60_000))).toBe('E_PROOF_AHEAD');
    await prove(caseWorker, ours.general);
    const idempotencyKey = newId();
    expect(await decide(caseWorker, ours.general, { idempotencyKey })).toBe('granted');
    expect(await decide(secondCaseWorker, ours.general, { idempotencyKey })).toBe('granted');
    expect(await decide(caseWorker, ours.general)).toBe('E_UNCHANGED');
    expect(await decide(secondCaseWorker, ours.general, { verdict: 'refused' })).toBe('E_NO_REASON');
    expect(await decide(secondCaseWorker, ours.general, { verdict: 'refused', reason: 'Nei' })).toBe(
      'refused',
    );
    const verdicts = await world.database.admin`select verdict from claim_verdict order by decided_at`;
    expect(verdicts).toEqual([{ verdict: 'GRANTED' }, { verdict: 'REFUSED' }]);
    await expect(world.database.admin`update claim_verdict set reason = 'x'`).rejects.toThrow(
      /never changed/,
    );
  });

  test('comes on proof of the last second of the deadline, and on none that came later (BHG-05, BHG-09)', async () => {
    await withoutApplications(world);
    const roundId = await aRound(world, { deadline: today });
    await rankBy(world, roundId, places.solhaug, ['sibling']);
    const { id } = await sent(world.deps, mother, draftFor(roundId));
    const { id: claimId } = await claimed(world, mother, id, 'sibling');
    const midnight = instantOf(addDays(today, 1), '00:00');
    const later = { ...world.deps, now: () => new Date(midnight.getTime() + 60_000) };
    const grant = { claimId, verdict: 'granted', reason: 'Etter ny vurdering' } as const;
    await noteProof(later, caseWorker, { claimId, provenAt: midnight });
    expect(said(await decideClaim(later, caseWorker, { ...grant, idempotencyKey: newId() }))).toBe(
      'E_LATE_PROOF',
    );
    await noteProof(later, caseWorker, { claimId, provenAt: new Date(midnight.getTime() - 1) });
    expect(said(await decideClaim(later, caseWorker, { ...grant, idempotencyKey: newId() }))).toBe('granted');
  });

  test('is given until the round is published (placement § 8)', async () => {
    await prove(caseWorker, ours.general);
    await moveRound(world, ours.roundId, 'PUBLISHED');
    expect(await decide(caseWorker, ours.general)).toBe('E_ROUND_STATE');
    await moveRound(world, ours.roundId, 'ALLOCATED');
    expect(await decide(caseWorker, ours.general)).toBe('granted');
  });

  test('of two at once is one, and the other one is told so (placement § 8)', async () => {
    await prove(caseWorker, ours.general);
    const both = await Promise.all(
      [caseWorker, secondCaseWorker].map((actor) => decide(actor, ours.general)),
    );
    expect(new Set(both)).toEqual(new Set(['E_UNCHANGED', 'granted']));
  });
});

test('a claim waits for nobody with an application that is withdrawn, nor for a unit that is wished for no more (BHG-07, BHG-09)', async () => {
  const waiting = async () =>
    (await readClaimsToAssign(world.deps, caseWorker, page))?.some(({ id }) => id === ours.sensitive);
  expect(await waiting()).toBe(true);
  const { admin } = world.database;
  await admin`update claim set unit_id = ${places.fjordbakken} where id = ${ours.sensitive}`;
  expect(await waiting()).toBe(true);
  const [wish] = await admin<{ rank: number }[]>`
    delete from wish where application_id = ${ours.applicationId} and unit_id = ${places.fjordbakken} returning rank`;
  expect([wish?.rank, await waiting()]).toEqual([2, false]);
  await admin`update claim set unit_id = null where id = ${ours.sensitive}`;
  expect(await waiting()).toBe(true);
  await admin`update placement_application set state = 'WITHDRAWN' where id = ${ours.applicationId}`;
  expect(await waiting()).toBe(false);
});

test('each read of a claim by staff is a line of the access log of its own (S-11)', async () => {
  const lines = async () =>
    Object.groupBy(
      await world.deps.db.asService((tx) =>
        tx.execute<{ role: string; rule: string; unitId: null }>(sql`
          select read->>'role' as role, read->>'rule' as rule, read->'unitId' as "unitId"
          from outbox, jsonb_array_elements(data->'reads') as read
          where type = 'placement.child.read.v1' and read->>'kind' = 'PRIORITY_CLAIM'`),
      ),
      ({ role, rule }) => `${role} ${rule}`,
    );
  const before = await lines();
  await named(world, ours.sensitive, caseWorker);
  expect(await lines()).toEqual(before);
  await readClaims(world.deps, mother, [ours.sensitive]);
  await readClaims(world.deps, caseWorker, [ours.sensitive]);
  await prove(caseWorker, ours.sensitive);
  await readClaims(world.deps, people.officer, [ours.hidden]);
  const after = await lines();
  const more = (key: `${string} ${string}`) => (after[key]?.length ?? 0) - (before[key]?.length ?? 0);
  expect([more('CASE_WORKER BHG-09'), more('PROTECTION_OFFICER ADR-04'), more('CASE_WORKER S-02')]).toEqual([
    ...[2, 1, 0],
  ]);
});
