import { eventually } from '@ranselpost/kit/testing/eventually';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Stand, startStand } from '../../test/stand.ts';

let stand: Stand;

beforeAll(async () => {
  stand = await startStand();
  await stand.startWorker({ CONTACT_REFRESH_INTERVAL_MS: '1000' });
});
afterAll(() => stand.close());

const told = (personId: string, count = 1) =>
  eventually(async () => {
    const contacts = await stand.contacts(personId);
    if (contacts.length < count) throw new Error(`${contacts.length} records`);
    return contacts.at(-1);
  });
const change = (wish: object) => stand.registers.krr.control('/contacts', wish);

describe('reading contact data', () => {
  test('tells of a guardian when they are followed, with the date of each channel (KRR-01, KRR-02)', async () => {
    const guardian = await stand.follow(stand.registers.number('F1.mother'), 'guardian');
    const contact = await told(guardian);
    expect(contact).toMatchObject({ isReserved: false, status: 'ACTIVE', mayBeNotified: true });
    expect(contact?.email?.value).toMatch(/@example\.test$/);
    expect(Date.parse(contact?.email?.verifiedAt ?? '')).toBeGreaterThan(Date.now() - 365 * 86_400_000);
    expect(contact?.mobile?.value).toMatch(/^\+47/);
  });

  test('asks about nobody but guardians (FREG-06)', async () => {
    const child = await stand.follow(stand.registers.number('F1.older'), 'child');
    const staff = await stand.follow(stand.registers.number('F3.mother'), 'staff');
    await eventually(async () => expect(await stand.records(staff)).toHaveLength(1));
    expect([...(await stand.contacts(child)), ...(await stand.contacts(staff))]).toEqual([]);
    expect(
      await stand.database.admin`
      select 1 from reading where register = 'krr' and person_id in (${child}, ${staff})`,
    ).toHaveLength(0);
  });

  test('reads again at every interval, and tells what has changed (KRR-03, KRR-07)', async () => {
    const guardian = await stand.follow(stand.registers.number('F1.father'), 'guardian');
    await told(guardian);
    await change({ person: 'F1.father', emailDaysAgo: 800, mobileDaysAgo: 800 });
    const stale = await told(guardian, 2);
    expect(stale).toMatchObject({ mayBeNotified: false, status: 'ACTIVE' });
    expect(stale?.email?.value).toMatch(/@/);
    await change({ person: 'F1.father', reserved: true });
    expect(await told(guardian, 3)).toMatchObject({ isReserved: true, mayBeNotified: false });
    await change({ person: 'F1.father', status: 'SLETTET' });
    expect(await told(guardian, 4)).toMatchObject({ status: 'DELETED', email: null, mobile: null });
  });

  test.each([
    ['a page of HTML', { kind: 'html', status: 200 }],
    ['a torn answer', { kind: 'malformed' }],
    ['throttling, in seconds', { kind: 'throttle', retryAfterMs: 1 }],
    ['an error', { kind: 'error', status: 503, times: 4 }],
  ])('is not lost to %s (S-21)', async (_what, fault) => {
    await stand.registers.krr.fail({ endpoint: 'people', ...fault });
    const guardian = await stand.follow(stand.registers.number('F2.mother'), 'guardian');
    expect(await told(guardian)).toMatchObject({ status: 'ACTIVE' });
    await stand.registers.krr.heal();
  });

  test('stops for somebody who is no guardian any more (FREG-06)', async () => {
    const number = stand.registers.number('F12.mother');
    const guardian = await stand.follow(number, 'guardian');
    await told(guardian);
    await stand.follow(number, 'staff', guardian);
    await eventually(async () =>
      expect(
        await stand.database.admin`
        select 1 from reading where person_id = ${guardian} and register = 'krr'`,
      ).toHaveLength(0),
    );
  });
});
