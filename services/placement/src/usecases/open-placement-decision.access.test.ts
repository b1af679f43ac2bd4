import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { openOwn } from '@ranselpost/kit/seal';
import { lookAs } from '@ranselpost/kit/testing/look';
import { decisionLetterSchema } from '@ranselpost/schema/events/identity/decision-written.v1';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicants, people, places } from '../../test/families.ts';
import { type OfferTown, notGuardians, openBothTowns } from '../../test/offer-town.ts';
import { appealDecision } from './appeal-decision.ts';
import { makeOffer } from './make-offer.ts';
import { openDecision } from './open-decision.ts';
import { readChildDecisions } from './read-decisions.ts';
import { writeDueLetters } from './write-letters.ts';

let towns: Awaited<ReturnType<typeof openBothTowns>>;
let town: OfferTown;
let bare: OfferTown;
const write = ({ world }: OfferTown) => writeDueLetters({ ...world.deps, maxStaleness: 60 });
beforeAll(async () => {
  towns = await openBothTowns();
  ({ town, bare } = towns);
  for (const one of [town, bare]) await write(one);
});
afterAll(() => towns.close());

const open = ({ world }: OfferTown, actor: Actor, id: string, now = new Date()) =>
  openDecision({ ...world.deps, now: () => now }, actor, id).catch((error: { code?: string }) => error.code);
const letterOf = async ({ world }: OfferTown, childId: string): Promise<string> =>
  (
    await world.database.admin<{ id: string }[]>`
      select id from decision_letter where child_id = ${childId} and kind = 'ADMISSION'`
  )[0]!.id;
const told = async <Data>({ world }: OfferTown, type: string, childId: string): Promise<readonly Data[]> =>
  (
    await world.database.admin<{ data: Data }[]>`
      select o.data from outbox o join decision_reader r on r.decision_id::text = o.data->>'decisionId'
      where o.type = ${`placement.decision.${type}.v1`} and r.child_id = ${childId} order by r.person_id`
  ).map(({ data }) => data);

describe.each([
  ['with both locks', () => town],
  ['with row-level security switched off (S-12)', () => bare],
])('%s', (_which, of) => {
  test.each(notGuardians.filter(([who]) => who !== 'a case worker'))(
    'there is no decision about Ada for %s (S-06, GUA-02)',
    async (_who, actor) => {
      for (const id of [await letterOf(of(), applicants.ada), newId()])
        expect(await open(of(), actor, id)).toBe('NOT_FOUND');
      expect(await readChildDecisions(of().world.deps, actor, [applicants.ada])).toEqual([null]);
    },
  );

  test('about a protected child there is none for a case worker, and one for a protection officer (ADR-03, ADR-04)', async () => {
    const { hidden, world } = of();
    const id = await letterOf(of(), hidden);
    expect(await open(of(), people.caseWorker, id)).toBe('NOT_FOUND');
    expect(await open(of(), people.officer, id)).toMatchObject({ complaintUntil: null });
    expect(await readChildDecisions(world.deps, people.officer, [hidden])).toMatchObject([[{ id }]]);
    expect(await told(of(), 'opened', hidden)).toEqual([]);
  });

  test('staff read what a family was sent, and it arrives for nobody by that (ADM-03, S-11)', async () => {
    const { world } = of();
    const id = await letterOf(of(), applicants.ada);
    expect(await open(of(), people.secondCaseWorker, id)).toMatchObject({
      ...{ complaintUntil: null, decision: { openedAt: null } },
      text: expect.stringContaining('Solhaug barnehage'),
    });
    expect(await told(of(), 'opened', applicants.ada)).toEqual([]);
    const [logged] = await world.database.admin`
      select data from outbox where type = 'placement.child.read.v1' and data::text like ${`%${people.secondCaseWorker.personId}%`}`;
    expect(logged).toBeDefined();
  });
});

describe('a decision on admission', () => {
  test('is a letter to each guardian with all that it has to say, told without a word of it (BHG-15, ADM-02, MSG-14)', async () => {
    const { world } = town;
    const released = await told<{ decisionId: string; personId: string }>(town, 'released', applicants.ada);
    expect(released.map(({ personId }) => personId).toSorted()).toEqual(
      [people.mother.personId, people.father.personId].toSorted(),
    );
    expect(JSON.stringify(released)).not.toMatch(/Solhaug|plass/);
    for (const written of await told<{ decisionId: string; sealed: string }>(
      town,
      'written',
      applicants.ada,
    )) {
      const content = await openOwn(
        ...([world.outboundKeys, written.decisionId, written.sealed, decisionLetterSchema] as const),
      );
      expect(content.language).toBe('nb');
      for (const word of [
        'Solhaug barnehage',
        'ønske nummer 1',
        'Svar på tilbudet',
        'begrunnelse',
        'Tingvika',
      ])
        expect(content.text).toContain(word);
    }
    expect(await write(town)).toBe(false);
  });

  test('is told to nobody about a protected child, and has a letter all the same (S-08, ADR-11)', async () => {
    const { world, hidden } = town;
    for (const type of ['released', 'written']) expect(await told(town, type, hidden)).toEqual([]);
    expect(await open(town, people.mother, await letterOf(town, hidden))).toMatchObject({
      text: expect.stringContaining('Solhaug barnehage'),
    });
    expect(
      await world.database.admin`select from outbox where type = 'placement.decision.opened.v1'
        and data->>'decisionId' in (select decision_id::text from decision_reader where child_id = ${hidden})`,
    ).toHaveLength(1);
  });

  test('arrives for each guardian when they first open theirs, and nobody knows of the other (ADM-03, ADR-11)', async () => {
    const id = await letterOf(town, applicants.ada);
    const first = new Date('2027-03-15T10:00:00Z');
    expect(await open(town, people.mother, id, first)).toMatchObject({ complaintUntil: '2027-04-05' });
    expect(await open(town, people.mother, id, new Date('2027-03-20T10:00:00Z'))).toMatchObject({
      ...{ complaintUntil: '2027-04-05', decision: { openedAt: first } },
    });
    const [ofFather] = await readChildDecisions(town.world.deps, people.father, [applicants.ada]);
    expect(ofFather).toMatchObject([{ id, openedAt: null }]);
    expect(await told(town, 'opened', applicants.ada)).toMatchObject([{ personId: people.mother.personId }]);
  });

  test('is appealed against in time by whoever has not opened it, and late by whoever did long ago (BHG-17, ADM-03, ADM-06)', async () => {
    const { world, own, apps } = town;
    const { admin } = world.database;
    await world.identity.guardians(own, [
      people.caseWorker.personId,
      people.mother.personId,
      people.father.personId,
    ]);
    await world.settled();
    await admin`update admission_round set state = 'APPEAL'`;
    for (const unitId of [places.solhaug, places.fjordbakken])
      await admin`
        insert into wish (application_id, child_id, round_id, rank, unit_id)
        select id, child_id, round_id, (select count(*) + 1 from wish w where w.application_id = a.id), ${unitId}
        from placement_application a where id = ${apps.ofOwn}`;
    const id = await letterOf(town, own);
    await admin`insert into decision_reader (decision_id, letter_id, child_id, person_id) values (${newId()}, ${id}, ${own}, ${people.mother.personId})`;
    await open(town, people.mother, id, new Date(Date.now() - 30 * 86_400_000));
    const stateAfter = async (actor: Actor, unitId: string) => {
      const answer = await appealDecision(world.deps, actor, {
        ...{ applicationId: apps.ofOwn, unitId, grounds: 'Vi bor nærmest.', idempotencyKey: newId() },
      });
      if (!answer.ok) throw new Error(answer.refusal.kind);
      return (await admin<{ state: string }[]>`select state from appeal where id = ${answer.value}`)[0]!
        .state;
    };
    expect(await stateAfter(people.mother, places.solhaug)).toBe('LATE');
    expect(await stateAfter(people.father, places.fjordbakken)).toBe('RECEIVED');
  });

  test('waits until it is known what its unit is called', async () => {
    const { admin } = bare.world.database;
    await admin`update access.unit set name = null`;
    await makeOffer(bare.world.deps, people.secondCaseWorker, {
      ...{
        applicationId: bare.apps.ofOwn,
        poolId: bare.poolId,
        reason: 'Etter vedtak',
        idempotencyKey: newId(),
      },
    });
    expect(await write(bare)).toBe(false);
    await admin`update access.unit set name = 'Solhaug' where unit_id = ${places.solhaug}`;
    expect(await write(bare)).toBe(true);
    // An offer by hand is a decision of its own, outside the main round (BHG-16, ADM-01).
    expect(await admin`select body from decision_letter where kind = 'OFFER'`).toMatchObject([
      { body: expect.stringMatching(/Solhaug[^]*ikke rett til å klage/) },
    ]);
  });
});

describe('with the first lock off, row-level security still (S-12)', () => {
  test('shows letters to whom they are for alone, and changes none that is written (ADM-10)', async () => {
    const { world } = town;
    const seen = (actor: Actor, table: 'decision_letter' | 'decision_reader') =>
      lookAs(world.deps.db, actor, async (tx) =>
        (
          await tx.execute<{ person_id?: string }>(
            sql`select * from ${sql.identifier(table)} where child_id = ${applicants.ada}`,
          )
        ).map((row) => row.person_id ?? 'letter'),
      );
    for (const [who, actor] of notGuardians) {
      expect([who, await seen(actor, 'decision_reader')]).toEqual([who, []]);
      if (who !== 'a case worker') expect([who, await seen(actor, 'decision_letter')]).toEqual([who, []]);
    }
    expect(await seen(people.father, 'decision_letter')).toEqual(['letter']);
    expect(await seen(people.father, 'decision_reader')).toEqual([people.father.personId]);
    await expect(
      world.deps.db.asService((tx) =>
        tx.execute(sql`update decision_letter set body = 'other' where child_id = ${applicants.ada}`),
      ),
    ).rejects.toMatchObject({ cause: { message: expect.stringContaining('written once') } });
  });
});
