import { fact } from '@ranselpost/kit/outbox';
import { open } from '@ranselpost/kit/seal';
import { followedPersonSchema } from '@ranselpost/schema/events/identity/person-followed.v1';
import { personRecordedV1 } from '@ranselpost/schema/events/registry/person-recorded.v1';
import type { Envelope } from '@ranselpost/schema/events/event';
import { newId } from '@ranselpost/kit/ids';
import { staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lostReading } from '../events/lost-reading.ts';
import { heldBy } from '../testing/harness.ts';
import { aNumber } from '../testing/numbers.ts';
import { type World, asked, made, openWorld } from '../testing/world.ts';
import { confirmGrant } from './confirm-grant.ts';
import { approveProposal } from './decide-proposal.ts';
import { askAgain, holdUnreadable } from './hold-unreadable.ts';
import { noteAnnulment } from './note-annulment.ts';

let h: World;
beforeAll(async () => {
  h = await openWorld();
  await h.told();
});
afterAll(() => h.close());

const born = { birthDate: '2018-06-21' };

/** Two case workers let a held grant through. */
async function confirm(childId: string, personId: string) {
  const [grant] = await h.database.admin`
    select grant_id from access_grant
    where child_id = ${childId} and person_id = ${personId} and state in ('PENDING', 'SUSPENDED')`;
  const grantId = grant!['grant_id'] as string;
  const proposal = await made(confirmGrant(h.deps, staff(h.id.caseWorker), grantId, asked()));
  expect(proposal.outcome).toBeNull();
  await made(approveProposal(h.deps, staff(h.id.secondCaseWorker), proposal.proposalId));
}

/** A child with two parents of joint responsibility, all of them read. */
async function family() {
  const [number, mother, father] = [aNumber(), aNumber(), aNumber()];
  const childId = await h.child(number);
  const told = { number, ...born, responsibilities: heldBy('felles', mother, father) };
  await h.register(told);
  await h.register({ number: mother }, { number: father });
  const [motherId, fatherId] = [(await h.personOf(mother))!, (await h.personOf(father))!];
  await h.told();
  return { childId, number, told, mother, father, motherId, fatherId };
}
const fail = (personId: string, revision: number) =>
  h.deps.db.asService((tx) => holdUnreadable({ ...h.deps, db: tx }, [{ personId, revision, isLost: false }]));
const types = async () => (await h.told()).map(({ type }) => type.replace(/^identity\.|\.v1$/g, ''));
const held = (...ids: readonly string[]) =>
  Object.fromEntries(ids.map((id) => [id, 'SUSPENDED REGISTER_UNREADABLE']));

describe('a word of the register that cannot be read (GUA-01, S-02)', () => {
  test('holds everybody who sees the child, opens a work item, and is taken back by the next reading', async () => {
    const { childId, told, motherId, fatherId } = await family();
    await fail(childId, 5);
    expect(await h.grants(childId)).toEqual(held(motherId, fatherId));
    expect(await h.openItems(childId)).toEqual(['REGISTER_UNREADABLE']);
    expect(await types()).toEqual(['guardians.changed', 'access.revoked', 'access.revoked']);
    await h.registerAs(childId, told, 6);
    expect(await h.active(childId)).toEqual([motherId, fatherId].toSorted());
    expect(await h.openItems(childId)).toEqual([]);
    expect(await types()).toEqual(['guardians.changed']);
  });

  test('holds every child that an adult is named for: they may be protected now', async () => {
    const { childId, motherId, fatherId, mother } = await family();
    const other = aNumber();
    const otherId = await h.child(other);
    await h.register({ number: other, ...born, responsibilities: heldBy('mor', mother) });
    expect(await h.active(otherId)).toEqual([motherId]);
    await fail(motherId, 5);
    expect(await h.grants(childId)).toEqual(held(motherId, fatherId));
    expect(await h.grants(otherId)).toEqual(held(motherId));
    await h.registerAs(motherId, { number: mother }, 6);
    expect(await h.active(otherId)).toEqual([motherId]);
    expect(await h.active(childId)).toHaveLength(2);
  });

  test('may end somebody’s right when it can be read, and never gave it back in between (GUA-10)', async () => {
    const { childId, told, mother, motherId } = await family();
    await fail(childId, 5);
    await h.registerAs(childId, { ...told, responsibilities: heldBy('mor', mother) }, 6);
    expect(await h.active(childId)).toEqual([motherId]);
  });

  test('is no news when something newer has been read, and an older reading does not take it back (S-24)', async () => {
    const { childId, told } = await family();
    await h.registerAs(childId, told, 6);
    await fail(childId, 5);
    expect(await h.active(childId)).toHaveLength(2);
    await fail(childId, 9);
    await h.registerAs(childId, told, 8);
    expect(await h.active(childId)).toEqual([]);
    await h.registerAs(childId, told, 10);
    expect(await h.active(childId)).toHaveLength(2);
  });

  test('opens a work item for a child of whom nothing was ever read, and is nobody’s to let through', async () => {
    const childId = await h.child();
    await fail(childId, 1);
    expect(await h.openItems(childId)).toEqual(['REGISTER_UNREADABLE']);
    const family2 = await family();
    await fail(family2.childId, 5);
    await expect(confirm(family2.childId, family2.motherId)).rejects.toThrow('cannot-be-let-through');
  });

  test('is nothing about somebody who is not followed (FREG-06)', async () => {
    const before = await h.told();
    await fail(newId(), 5);
    expect([before, await h.told()].flat()).toEqual(before);
  });
});

describe('a word of the register that cannot be taken in here (GUA-01, S-24)', () => {
  const die = (subject: string, type: string, data: unknown) => {
    const envelope = {
      ...fact(personRecordedV1, {
        personId: subject,
        revision: 1,
        readAt: new Date().toISOString(),
        sealed: 'a..b.c.d',
      }),
      type,
      data,
    };
    return h.deps.db.asService((tx) =>
      lostReading(h.deps)(tx, { ...envelope, subject } as Envelope, { type, about: subject }),
    );
  };

  test.each([
    ['with the count that it carries', personRecordedV1.type, { revision: 7 }],
    ['without a count that could be read', personRecordedV1.type, { revision: 'seven' }],
    ['in a version that nobody here knows', 'registry.person.recorded.v2', null],
    ['about a failure', 'registry.reading.failed.v1', { revision: 7 }],
  ])('holds whoever it was about, %s', async (_how, type, data) => {
    const { childId, told } = await family();
    await die(childId, type, data);
    expect(await h.active(childId)).toEqual([]);
    expect(await h.openItems(childId)).toEqual(['REGISTER_UNREADABLE']);
    expect(await h.openItems(null)).toContain('READING_LOST');
    await h.registerAs(childId, told, 8);
    expect(await h.active(childId)).toHaveLength(2);
  });

  test('holds nobody for contact data', async () => {
    const { childId, motherId } = await family();
    await die(motherId, 'registry.contact.recorded.v2', { revision: 7 });
    expect(await h.active(childId)).toHaveLength(2);
  });

  test('is asked for again after a while, and not at once', async () => {
    const { childId, number } = await family();
    await die(childId, personRecordedV1.type, { revision: 7 });
    await h.told();
    await askAgain(h.deps);
    expect(await h.told()).toEqual([]);
    await h.database
      .admin`update person set word_lost_at = now() - interval '16 minutes' where person_id = ${childId}`;
    expect(await askAgain(h.deps)).toBe(1);
    const [asked] = await h.told();
    expect(asked).toMatchObject({
      type: 'identity.person.followed.v1',
      data: { personId: childId, reason: 'child', tellAgain: true },
    });
    const sealed = asked!.data['sealed'] as string;
    expect(await open(h.deps.numbers.sealKeys, childId, sealed, followedPersonSchema)).toEqual({ number });
    expect(await askAgain(h.deps)).toBe(0);
  });
});

describe('a person whom the register splits in two (FREG-09)', () => {
  const numbers = (...list: readonly string[]) =>
    list.map((number, place) => ({ number, isInUse: place === 0, kind: 'NATIONAL' as const }));

  test('keeps the number that the register leaves them, and the other is a person of its own; both wait for staff', async () => {
    const { childId, told, mother, motherId, fatherId, father } = await family();
    const other = aNumber();
    await h.register({ number: father, numbers: numbers(father, other) });
    expect(await h.personOf(other)).toBe(fatherId);
    await h.told();
    await h.register({ number: father });
    const otherId = (await h.personOf(other))!;
    expect(otherId).not.toBe(fatherId);
    expect(await h.active(childId)).toEqual([motherId]);
    expect((await h.grants(childId))[fatherId]).toBe('SUSPENDED SPLIT');
    expect(await h.openItems(childId)).toEqual(['SPLIT']);
    const facts = await h.told();
    expect(facts.map(({ type, subject }) => [type, subject])).toEqual([
      ['identity.person.followed.v1', otherId],
      ['identity.person.followed.v1', childId],
      ['identity.guardians.changed.v1', childId],
      ['identity.access.revoked.v1', fatherId],
    ]);
    // Whom the child's entries mean now is asked anew, although they have not changed.
    expect(facts[1]!.data).toMatchObject({ reason: 'child', tellAgain: true });
    await h.register({ ...told, responsibilities: heldBy('felles', mother, other) });
    await h.register({ number: other });
    expect(await h.grants(childId)).toEqual({ [motherId]: 'ACTIVE', [otherId]: 'PENDING SPLIT' });
    // No word of the register opens it, only staff.
    await h.register({ number: other });
    await h.register({ ...told, responsibilities: heldBy('felles', mother, other) });
    expect(await h.active(childId)).toEqual([motherId]);
    await confirm(childId, otherId);
    await h.register({ number: other });
    expect(await h.active(childId)).toEqual([motherId, otherId].toSorted());
    expect(await h.openItems(childId)).toEqual([]);
  });

  test('closes a child that was two to everybody, both of it', async () => {
    const { childId, number, told, motherId, fatherId } = await family();
    const other = aNumber();
    await h.register({ ...told, numbers: numbers(number, other) });
    await h.register(told);
    const otherId = (await h.personOf(other))!;
    expect(await h.grants(childId)).toEqual({ [motherId]: 'SUSPENDED SPLIT', [fatherId]: 'SUSPENDED SPLIT' });
    await h.register({ ...told, number: other });
    expect(await h.grants(otherId)).toEqual({ [motherId]: 'PENDING SPLIT', [fatherId]: 'PENDING SPLIT' });
  });

  test('waits for staff when the register says so, whatever numbers it lists, and once more after a confirmation', async () => {
    const { childId, motherId, father, fatherId } = await family();
    const split = { number: father, wasSplit: true };
    await h.register(split);
    expect((await h.grants(childId))[fatherId]).toBe('SUSPENDED SPLIT');
    expect(await h.active(childId)).toEqual([motherId]);
    await confirm(childId, fatherId);
    expect(await h.active(childId)).toHaveLength(2);
    await h.register(split);
    expect(await h.active(childId)).toEqual([motherId]);
  });
});

describe('a responsibility that was annulled (FREG-05)', () => {
  const annul = (personId: string) =>
    h.deps.db.asService((tx) => noteAnnulment({ ...h.deps, db: tx }, personId));

  test('has somebody look at the access there was, and no later reading closes that', async () => {
    const { childId, told, mother, fatherId } = await family();
    await annul(childId);
    await h.register({ ...told, responsibilities: heldBy('mor', mother) });
    await annul(childId);
    expect(await h.openItems(childId)).toEqual(['RESPONSIBILITY_ANNULLED']);
    expect(await h.grants(childId)).not.toHaveProperty(fatherId);
    await h.register(told);
    expect(await h.openItems(childId)).toEqual(['RESPONSIBILITY_ANNULLED']);
  });

  test('is nothing to look at where nobody had access, and where it is an adult’s document that says it', async () => {
    const childId = await h.child();
    await annul(childId);
    expect(await h.openItems(childId)).toEqual([]);
    const { fatherId, childId: ours } = await family();
    await annul(fatherId);
    expect(await h.openItems(ours)).toEqual([]);
  });
});
