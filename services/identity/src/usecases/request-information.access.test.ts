import { newId } from '@ranselpost/kit/ids';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, aQuestion, openDesk, outcome, question } from '../testing/information.ts';
import { aNumber } from '../testing/numbers.ts';
import { imposeRestriction } from './impose-restriction.ts';
import { asked } from '../testing/world.ts';

let desk: Desk;
beforeAll(async () => (desk = await openDesk()));
afterAll(() => desk.close());

/** An answer to the byte, without the id and the instant that differ between any two. */
const bytes = (answer: unknown): string =>
  JSON.stringify(answer).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id');
const ask = (actor: Parameters<Desk['change']>[0], input: object = {}) =>
  desk.change(actor, 'requestInformation', { ...aQuestion(desk.number.ours), ...input });

describe('asking for information (GUA-07)', () => {
  test('is not for staff, machines or services, who have no children by what they are (GUA-24)', async () => {
    const others: Parameters<typeof ask>[0][] = [
      staff(desk.id.mother),
      desk.staff('caseWorker'),
      { kind: 'machine', clientId: 'x', organisation: '310001236', scopes: [] },
      { kind: 'service', name: 'gateway' },
    ];
    for (const actor of others) expect(outcome(await ask(actor))).toBe('FORBIDDEN');
  });

  test('is for everybody who is signed in as themselves, with or without a ground', async () => {
    for (const actor of [desk.asker, guardian(desk.id.mother), guardian(desk.id.hiddenFather)])
      expect(outcome(await ask(actor))).toBe('InformationRequested');
  });

  test('is answered with the same bytes whoever the child is, and whoever asks (GUA-20, ADR-18, S-06)', async () => {
    const { id, number } = desk;
    const officer = { kind: 'staff', personId: id.officer, level: 'high' } as const;
    const wish = {
      ...({ childId: id.theirs, personId: id.father, kind: 'CONTACT_BAN', authority: 'COURT' } as const),
      ...{ reviewOn: '2027-02-01', note: null, parentsKeepView: false },
    };
    expect((await imposeRestriction(desk.deps, officer, wish, asked())).ok).toBe(true);
    const rows: [string, Parameters<typeof ask>[0], object][] = [
      ['a child here, by its parent', await desk.stranger(), { childNumber: number.ours }],
      ['a hidden child', await desk.stranger(), { childNumber: number.hidden }],
      ['nobody’s number', await desk.stranger(), { childNumber: aNumber() }],
      ['digits that are no number', await desk.stranger(), { childNumber: '99999999999' }],
      ['a grown person', await desk.stranger(), { childNumber: number.grown }],
      ['somebody whose access is blocked', guardian(id.father), { childNumber: number.theirs }],
      ['a guardian of the child', guardian(id.otherMother), { childNumber: number.theirs }],
    ];
    const answers: string[] = [];
    for (const [, actor, input] of rows) answers.push(bytes(await ask(actor, input)));
    expect(new Set(answers).size, answers.join('\n')).toBe(1);
    // Nor does sorting change what the asker sees.
    await desk.sort();
    const own = await Promise.all(
      rows.map(([, actor]) =>
        desk.service.ask(actor, '{ viewer { informationRequests { nodes { status } } } }'),
      ),
    );
    expect(new Set(own.map(bytes)).size).toBe(1);
  });

  test('looks nobody up: the transaction that takes it in may not read a number, a place or the register (GUA-20)', async () => {
    for (const table of ['person_number', 'responsibility', 'register_parent'])
      await expect(
        lookAs(desk.deps.db, desk.asker, (tx) => tx.execute(sql`select * from ${sql.raw(table)}`)),
      ).rejects.toMatchObject({ cause: { code: '42501' } });
  });

  test('takes the same question under the same key once, and another under it not at all', async () => {
    const actor = await desk.stranger();
    const idempotencyKey = newId();
    const first = await ask(actor, { idempotencyKey });
    expect(await ask(actor, { idempotencyKey })).toEqual(first);
    expect(outcome(await ask(actor, { idempotencyKey, question: 'Noe annet?' }))).toBe('BAD_USER_INPUT');
    // Somebody else's key is their own.
    expect(outcome(await ask(await desk.stranger(), { idempotencyKey }))).toBe('InformationRequested');
  });

  test('takes three at a time of one person, also at once, and refuses more in words that tell nothing', async () => {
    const actor = await desk.stranger();
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(actor)));
    expect(answers.map(outcome).toSorted()).toEqual([
      ...Array.from({ length: 3 }, () => 'InformationRequested'),
      ...Array.from({ length: 3 }, () => 'InformationTooManyRequests INFORMATION_TOO_MANY_REQUESTS'),
    ]);
    const hidden = await ask(actor, { childNumber: desk.number.hidden });
    expect(hidden).toEqual(await ask(actor, { childNumber: aNumber() }));
  });

  test.each([
    ['a child by nothing', { childNumber: null }],
    ['a child by both', { childName: 'Kulerund', childBirthDate: '2018-06-21' }],
    ['a child by a name alone', { childNumber: null, childName: 'Kulerund' }],
    ['a number of ten digits', { childNumber: '1234567890' }],
    ['no question', { question: '  ' }],
    ['a long question', { question: 'x'.repeat(2001) }],
    ['no name', { askerName: '' }],
    ['no key', { idempotencyKey: '' }],
  ])('does not take %s', async (_what, input) => {
    expect(outcome(await ask(await desk.stranger(), input))).toBe('BAD_USER_INPUT');
  });

  test('lies encrypted, and the number of the child is shown to nobody (S-10)', async () => {
    const [row] = await desk.database.admin`
      select string_agg(sealed, ' ') as all from information_text`;
    expect(row!['all']).not.toContain(desk.number.ours);
    const requestId = await desk.asked();
    for (const actor of [desk.asker, desk.staff('caseWorker')]) {
      const seen = await desk.read(actor, requestId);
      expect(seen.data.informationRequest.question).toBe(question);
      expect(JSON.stringify(seen)).not.toContain(desk.number.ours);
    }
  });

  test('is seen by its asker alone, and not in a session as staff (GUA-24)', async () => {
    const actor = await desk.stranger();
    const requestId = await desk.asked(actor);
    const list = '{ viewer { informationRequests { nodes { id handling { state } } } } }';
    expect((await desk.service.ask(actor, list)).data.viewer.informationRequests.nodes).toEqual([
      { id: requestId, handling: null },
    ]);
    expect(
      (await desk.service.ask(staff(actor.personId), list)).data.viewer.informationRequests.nodes,
    ).toEqual([]);
    for (const other of [
      guardian(),
      guardian(desk.id.mother),
      staff(actor.personId),
      desk.staff('teacher'),
    ]) {
      const answer = await desk.read(other, requestId);
      expect(answer).toEqual(await desk.read(other, newId()));
      expect(answer.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    }
  });
});
