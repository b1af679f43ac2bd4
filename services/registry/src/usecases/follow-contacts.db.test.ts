import { open } from '@ranselpost/kit/seal';
import { eventually } from '@ranselpost/kit/testing/eventually';
import {
  contactPreferenceSchema,
  contactRecordSchema,
} from '@ranselpost/schema/events/registry/contact-record';
import { contactFailedV1 } from '@ranselpost/schema/events/registry/contact-failed.v1';
import { contactRecordedV2 } from '@ranselpost/schema/events/registry/contact-recorded.v2';
import { contactsFollowedV1 } from '@ranselpost/schema/events/registry/contacts-followed.v1';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Stand, type Worker, keys, startStand } from '../../test/stand.ts';

let stand: Stand;
let worker: Worker;

beforeAll(async () => {
  stand = await startStand();
  worker = await stand.startWorker({ READING_TRIES: '2' });
});
afterEach(() => stand.registers.krr.heal());
afterAll(() => stand.close());

const number = (name: string) => stand.registers.number(name);
const change = (wish: object) => stand.registers.krr.control('/contacts', wish);
const contacts = (personId: string, count: number) =>
  eventually(async () => {
    const told = await stand.contacts(personId);
    expect(told).toHaveLength(count);
    return told.at(-1)!;
  });
const guardian = async (name: string) => {
  const personId = await stand.follow(number(name), 'guardian');
  await contacts(personId, 1);
  return personId;
};
const toldOf = async (type: string, personId: string) =>
  (await stand.told()).filter((one) => one.type === type && one.subject === personId);

describe('what is told of contact data', () => {
  test('is closed to identity but for the language, and to everybody else whole (S-10, ADR-11, KRR-11)', async () => {
    const personId = await guardian('F1.mother');
    const [told] = await toldOf(contactRecordedV2.type, personId);
    const data = told!.data as { sealed: string; sealedPreference: string };
    const preference = await open(
      keys.seals,
      personId,
      data.sealedPreference,
      contactPreferenceSchema.loose(),
    );
    expect(preference).toEqual({ language: 'nb' });
    await expect(open(keys.seals, personId, data.sealed, contactRecordSchema)).rejects.toThrow();
    await expect(
      open(keys.contacts, personId, data.sealedPreference, contactPreferenceSchema),
    ).rejects.toThrow();
    const record = await open(keys.contacts, personId, data.sealed, contactRecordSchema);
    expect(JSON.stringify(told)).not.toContain(record.email!.value);
    expect(JSON.stringify(told)).not.toContain(record.mobile!.value);
  });
});

describe('following what changes in the contact register', () => {
  test('reads somebody again when they have changed, long before the daily reading (KRR-07)', async () => {
    const personId = await guardian('F1.father');
    await change({ person: 'F1.father', reserved: true });
    expect(await contacts(personId, 2)).toMatchObject({ isReserved: true, mayBeNotified: false });
  });

  test('takes no notice of people whom nobody asked about (FREG-06)', async () => {
    await change({ person: 'F3.mothersPartner', email: 'ukjent@example.test' });
    const personId = await guardian('F3.mother');
    await change({ person: 'F3.mother', language: 'nn' });
    expect(await contacts(personId, 2)).toMatchObject({ language: 'nn' });
    const dump = (await stand.database.admin`select t::text as line from reading t`).map(({ line }) => line);
    expect(dump.join() + worker.output()).not.toContain('ukjent@example.test');
  });

  test.each([
    ['a page of HTML', { kind: 'html', status: 200 }],
    ['an error', { kind: 'error', status: 503, times: 4 }],
    ['throttling, in seconds', { kind: 'throttle', retryAfterMs: 1 }],
  ])('goes on from where it was after %s (S-21)', async (what, fault) => {
    const personId = await stand.follow(number('F12.father'), 'guardian');
    await eventually(async () => expect((await stand.contacts(personId)).length).toBeGreaterThan(0));
    await stand.registers.krr.fail({ endpoint: 'changes', ...fault });
    const email = `${what.replaceAll(/[^a-z]/gi, '')}@example.test`;
    await change({ person: 'F12.father', email });
    await eventually(
      async () => expect((await stand.contacts(personId)).at(-1)?.email?.value).toBe(email),
      20_000,
    );
  });

  test('reads everybody again when the register has gone back behind us', async () => {
    const personId = await guardian('F14.mother');
    await change({ person: 'F14.mother', language: 'en' });
    await contacts(personId, 2);
    await stand.registers.krr.kill();
    await stand.registers.krr.start({ empty: true });
    expect(await contacts(personId, 3)).toMatchObject({
      language: (await stand.contacts(personId))[0]!.language,
    });
    expect(worker.output()).toContain('the contact register has gone back');
  });
});

describe('the promise of how old contact data is (KRR-12)', () => {
  const promises = async () =>
    (await stand.told()).flatMap(({ type, data }) =>
      type === contactsFollowedV1.type ? [Date.parse((data as { upTo: string }).upTo)] : [],
    );
  const nextPromise = async () => {
    const before = (await promises()).length;
    await stand.database.admin`update contact_pointer set told_up_to = null`;
    return eventually(async () => {
      const now = await promises();
      expect(now.length).toBeGreaterThan(before);
      return now.at(-1)!;
    });
  };

  test('holds up to the last look while changes are followed, and stops at one that could not be read', async () => {
    const personId = await guardian('F2.mother');
    const before = Date.now();
    await eventually(async () => expect(await nextPromise()).toBeGreaterThan(before));
    await stand.registers.krr.fail({ kind: 'error', endpoint: 'people', status: 503, times: null });
    await change({ person: 'F2.mother', language: 'se' });
    await eventually(async () => {
      const [row] = await stand.database.admin`
        select unsure_since from reading where person_id = ${personId} and register = 'krr'`;
      expect(row!['unsure_since']).not.toBeNull();
    });
    const seen = Date.now();
    const doubtful = await nextPromise();
    expect(doubtful).toBeLessThan(seen);
    expect(await nextPromise()).toBe(doubtful);
    await stand.registers.krr.heal();
    await contacts(personId, 2);
    await eventually(async () => expect(await nextPromise()).toBeGreaterThan(doubtful));
  });

  test('is as old as the oldest reading where changes may not be followed, and leaves out who cannot be read', async () => {
    const personId = await guardian('F9.mother');
    await worker.kill();
    await stand.database.admin`
      update reading set read_at = now() - interval '5 hours' where person_id = ${personId} and register = 'krr'`;
    worker = await stand.startWorker({ READING_TRIES: '2', KRR_CHANGES_SCOPE: '' });
    const fiveHours = 5 * 3_600_000;
    await eventually(async () =>
      expect(Math.abs(Date.now() - (await nextPromise()) - fiveHours)).toBeLessThan(60_000),
    );
    await stand.registers.krr.fail({ kind: 'error', endpoint: 'people', status: 400, times: null });
    await stand.database.admin`
      update reading set due_at = now(), asked = asked + 1 where person_id = ${personId} and register = 'krr'`;
    await eventually(
      async () => expect(await toldOf(contactFailedV1.type, personId)).toHaveLength(1),
      20_000,
    );
    expect(await nextPromise()).toBeGreaterThan(Date.now() - fiveHours + 600_000);
  });
});
