import { newId } from '@ranselpost/kit/ids';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { sealFor } from '@ranselpost/kit/seal';
import { accessRevokedV1 } from '@ranselpost/schema/events/identity/access-revoked.v1';
import { noticeNameChangedV1 } from '@ranselpost/schema/events/identity/notice-name-changed.v1';
import { personErasedV1 } from '@ranselpost/schema/events/identity/person-erased.v1';
import { protectionRaisedV1 } from '@ranselpost/schema/events/identity/protection-raised.v1';
import { protectionReleasedV1 } from '@ranselpost/schema/events/identity/protection-released.v1';
import { pushSubscriptionChangedV1 } from '@ranselpost/schema/events/identity/push-subscription-changed.v1';
import { settingsChangedV1 } from '@ranselpost/schema/events/identity/settings-changed.v1';
import { describe, expect, test } from 'vitest';
import { followShipments } from '../src/usecases/follow-shipments.ts';
import { dropNotice } from '../src/usecases/keep-notice.ts';
import {
  world,
  person,
  unitId,
  childId,
  family,
  heard,
  due,
  states,
  becomes,
  taken,
  told,
  startSending,
} from './sending.ts';

startSending();

describe('a notice', () => {
  test('goes out once by mail, however often it is due, and says nothing of anybody (MSG-14, S-07, S-21)', async () => {
    await world.contact(person, { language: 'nn' });
    const noticeId = await due([person, person]);
    await becomes(noticeId, 'DONE TOLD');
    await due([person], { noticeId });
    expect(await states(noticeId)).toEqual(['DONE TOLD']);
    const [mail, ...more] = taken('EMAIL');
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ to: `${person}@example.test`, subject: 'Ny melding i Ranselpost' });
    expect(mail!.text.trim()).toBe('Logg inn for å lese:\nhttps://ranselpost.example.test');
    for (const id of [childId, unitId, person])
      expect(mail!.text + mail!.subject + mail!.key).not.toContain(id);
    const dump = await world.database.admin`select sealed from contact where person_id = ${person}`;
    expect(JSON.stringify(dump)).not.toContain('example.test');
  });

  test('goes to their devices, opened by them alone, and to the next way when a device is gone (410)', async () => {
    await world.contact(person);
    const device = await world.device(person);
    const subscriptionId = newId();
    await world.facts.tell(pushSubscriptionChangedV1, {
      ...{ subscriptionId, personId: person, capacity: 'guardian' },
      sealed: await device.sealed(subscriptionId),
    });
    await heard();
    const first = await due([person]);
    await becomes(first, 'DONE TOLD');
    expect(taken('EMAIL')).toEqual([]);
    expect(JSON.parse(taken('PUSH')[0]!.text)).toEqual({
      ...{ title: 'Ny melding i Ranselpost', url: 'https://ranselpost.example.test', tag: first },
    });
    await world.fault({ kind: 'throttle', endpoint: 'push', retryAfterMs: 1 });
    await world.fault({ kind: 'gone' });
    await becomes(await due([person]), 'DONE TOLD');
    expect(taken('EMAIL')).toHaveLength(1);
    expect(
      await world.database.admin`select from push_subscription where person_id = ${person}`,
    ).toHaveLength(0);
    // Its owner is to see it on no list any more, which is identity's to do; told once.
    expect(await told('notification.push-subscription.gone.v1')).toEqual([{ subscriptionId }]);
  });

  test('goes the next way where a device does not open, which stays theirs: a wrong key costs nobody a device', async () => {
    await world.contact(person);
    const [device, subscriptionId] = [await world.device(person), newId()];
    await world.facts.tell(pushSubscriptionChangedV1, {
      ...{ subscriptionId, personId: person, capacity: 'guardian' },
      sealed: await device.sealed(newId()),
    });
    await heard();
    await becomes(await due([person]), 'DONE TOLD');
    expect([taken('EMAIL').length, taken('PUSH').length]).toEqual([1, 0]);
    const kept = await world.database.admin`select from push_subscription where person_id = ${person}`;
    expect(kept).toHaveLength(1);
  });

  test('names the child in a push to whoever asks for it, and nowhere else; no more once they do not (N16, MSG-14, ADR-07)', async () => {
    await world.contact(person);
    const device = await world.device(person);
    const subscriptionId = newId();
    await world.facts.tell(pushSubscriptionChangedV1, {
      ...{ subscriptionId, personId: person, capacity: 'guardian' },
      sealed: await device.sealed(subscriptionId),
    });
    const name = async (guardian: string, child: string) => {
      const sealed = await sealFor(world.pair.publicKey, `${guardian}/${child}`, { firstName: 'Rolig\n' });
      await world.facts.tell(noticeNameChangedV1, { personId: guardian, childId: child, sealed });
      await heard();
    };
    const names = () => world.database.admin`select child_id from child_name where person_id = ${person}`;
    await name(person, childId);
    const titles = () => taken('PUSH').map(({ text }) => (JSON.parse(text) as { title: string }).title);
    await becomes(await due([person], { importance: 'URGENT' }), 'DONE TOLD');
    expect(titles()).toEqual(['Ny melding i Ranselpost (Rolig)']);
    expect(taken('EMAIL')).toMatchObject([{ subject: 'Ny melding i Ranselpost' }]);
    expect(JSON.stringify(await world.database.admin`select * from child_name`)).not.toContain('Rolig');
    // Of another child besides, whom nobody may name; and of one whom they have lost.
    const stranger = newId();
    await name(person, stranger);
    const recipients = [{ personId: person, capacity: 'guardian', childIds: [childId, stranger] }];
    await becomes(await due([person], { recipients }), 'DONE TOLD');
    expect(titles()[0]).toBe('Ny melding i Ranselpost');
    await world.facts.tell(accessRevokedV1, { personId: person, childId: stranger, hasOtherGrounds: true });
    await heard();
    expect(await names()).toEqual([{ child_id: childId }]);
    // Nothing is kept of a protected child, whatever is told; nor once they want no names.
    const hidden = newId();
    await world.facts.enrolments(hidden, [{ unitId }], []);
    await name(person, hidden);
    expect(await names()).toEqual([{ child_id: childId }]);
    await world.facts.tell(settingsChangedV1, {
      ...{ personId: person, capacity: 'guardian', revision: 9, language: null, notices: [] },
      namesChild: false,
    });
    await heard();
    expect(await names()).toEqual([]);
    await name(person, childId);
    await world.facts.tell(protectionRaisedV1, {
      ...{ raiseId: newId(), personId: childId, acknowledgeBy: new Date().toISOString() },
    });
    await heard();
    expect(await names()).toEqual([]);
  });

  test('goes on by text message when mail is refused for good, and says when nothing reaches them (N15)', async () => {
    await world.contact(person, { mobile: { value: '+4790000001', verifiedAt: null } });
    await world.fault({ kind: 'reject', times: null, to: `${person}@example.test` });
    await becomes(await due([person]), 'DONE TOLD');
    expect(taken('SMS')).toMatchObject([
      { to: '+4790000001', text: 'Ny melding i Ranselpost. https://ranselpost.example.test' },
    ]);
    await world.fault({ kind: 'status', status: 'Failed_InvalidRecipient' });
    const second = await due([person]);
    await becomes(second, 'DONE TOLD');
    await followShipments(world.deps);
    await becomes(second, 'DONE UNREACHED');
    expect((await told('notification.reach.changed.v1')).at(-1)).toEqual({
      ...{ personId: person, revision: 1, state: 'UNREACHED', failing: ['EMAIL', 'SMS'] },
    });
    world.sink.faults.clear();
    await world.contact(person, { email: { value: `new.${person}@example.test`, verifiedAt: null } });
    await becomes(await due([person]), 'DONE TOLD');
    await eventually(async () =>
      expect((await told('notification.reach.changed.v1')).at(-1)).toMatchObject({
        revision: 2,
        state: 'REACHED',
      }),
    );
  });

  test('waits for what is put off, and for quiet hours to end; what is urgent does not (MSG-15)', async () => {
    await world.contact(person);
    await world.fault({ kind: 'greylist' });
    const put = await due([person]);
    await becomes(put, 'WAITING AGAIN');
    await world.facts.tell(settingsChangedV1, {
      ...{
        personId: person,
        capacity: 'guardian',
        revision: 1,
        language: 'en',
        notices: [],
        namesChild: false,
      },
      ...{ quietHours: { from: '00:00', to: '23:59' }, digestAt: null },
    });
    await heard();
    const quiet = await due([person]);
    await becomes(quiet, 'WAITING QUIET_HOURS');
    const urgent = await due([person], { importance: 'URGENT' });
    await becomes(urgent, 'DONE TOLD');
    expect(taken('EMAIL')).toMatchObject([{ subject: 'New message in Ranselpost' }]);
  });
});

test('several that come in somebody’s digest are told as one (N13)', async () => {
  await world.contact(person);
  await world.facts.tell(settingsChangedV1, {
    ...{
      personId: person,
      capacity: 'guardian',
      revision: 1,
      language: null,
      notices: [],
      namesChild: false,
    },
    ...{ quietHours: null, digestAt: '16:00' },
  });
  await heard();
  const both = [await due([person]), await due([person], { category: 'NEWS' })];
  for (const noticeId of both) await becomes(noticeId, 'WAITING DIGEST');
  await world.database.admin`
    update notice set created_at = now() - interval '25 hours', next_at = now() where person_id = ${person}`;
  await due([newId()]);
  await eventually(async () =>
    expect([...(await states(both[0]!)), ...(await states(both[1]!))].toSorted()).toEqual([
      'DONE MERGED',
      'DONE TOLD',
    ]),
  );
  const rows = await world.database.admin`
    select notice_id, merged_into from notice where person_id = ${person} order by merged_into nulls last`;
  expect(rows[0]!['merged_into']).toBe(rows[1]!['notice_id']);
  expect(taken('EMAIL')).toMatchObject([{ subject: 'Det er noe nytt i Ranselpost' }]);
});

test('what was to go with another in a digest goes by itself when that one is withdrawn, unless it is too (N13, S-21)', async () => {
  await world.contact(person);
  await world.facts.features(unitId, []);
  await heard();
  const all = [await due([person]), await due([person]), await due([person])] as const;
  for (const noticeId of all) await becomes(noticeId, 'HELD FEATURE');
  const [carrier, other, dropped] = all;
  // As it stands while mail is away.
  await world.database.admin`
    update notice set state = 'DONE', reason = 'MERGED', merged_into = ${carrier}
    where notice_id = any (${[other, dropped]})`;
  await world.database.admin`
    update notice set state = 'WAITING', next_at = now() + interval '1 hour' where notice_id = ${carrier}`;
  for (const noticeId of [dropped, carrier])
    await world.deps.db.asService((tx) => dropNotice(tx, { noticeId }));
  await becomes(other, 'HELD FEATURE');
  expect([await states(carrier), await states(dropped)]).toEqual([['DONE DROPPED'], ['DONE MERGED']]);
});

describe('nothing goes out', () => {
  test('to whoever has lost the ground between due and sending, nor when they get it back (GUA-10, S-04)', async () => {
    await world.contact(person);
    await world.facts.features(unitId, []);
    await heard();
    const noticeId = await due([person]);
    await becomes(noticeId, 'HELD FEATURE');
    await world.facts.guardians(childId, []);
    await world.facts.features(unitId, [
      { feature: 'NOTICES', state: 'OPEN' },
      { feature: 'MESSAGING', state: 'OPEN' },
    ]);
    await becomes(noticeId, 'DONE NO_GROUND');
    await world.facts.guardians(childId, [person]);
    await world.facts.features(unitId, []);
    await heard();
    const other = await due([person]);
    await becomes(other, 'HELD FEATURE');
    await world.facts.tell(accessRevokedV1, { personId: person, childId, hasOtherGrounds: false });
    await becomes(other, 'DONE NO_GROUND');
    expect(taken('EMAIL')).toEqual([]);
  });

  test('while the unit is stopped; within seconds of its being open again it does (X07)', async () => {
    await world.contact(person);
    await world.facts.features(unitId, [
      { feature: 'NOTICES', state: 'OPEN' },
      { feature: 'MESSAGING', state: 'SUSPENDED' },
    ]);
    await heard();
    const noticeId = await due([person]);
    await becomes(noticeId, 'HELD FEATURE');
    expect(taken('EMAIL')).toEqual([]);
    await world.facts.features(unitId, [
      { feature: 'NOTICES', state: 'OPEN' },
      { feature: 'MESSAGING', state: 'OPEN' },
    ]);
    await becomes(noticeId, 'DONE TOLD');
  });

  test('about a protected child by itself, nor to a protected adult, whose addresses are gone (S-08, ADR-07, ADR-12)', async () => {
    await world.contact(person);
    await world.facts.enrolments(childId, [{ unitId }], []);
    await heard();
    const held = await due([person]);
    await becomes(held, 'HELD PROTECTED');
    await world.facts.tell(protectionRaisedV1, {
      ...{ raiseId: newId(), personId: person, acknowledgeBy: new Date().toISOString() },
    });
    await becomes(held, 'DONE PROTECTED');
    expect(await world.database.admin`select from contact where person_id = ${person}`).toHaveLength(0);
    await world.contact(person);
    expect(await world.database.admin`select from contact where person_id = ${person}`).toHaveLength(0);
    const acknowledged = await told('notification.protection.acknowledged.v1');
    expect(acknowledged.filter(({ personId }) => personId === person)).toHaveLength(1);
    // Nor do devices come back that are told of again, as by a snapshot.
    const [device, subscriptionId] = [await world.device(person), newId()];
    await world.facts.tell(pushSubscriptionChangedV1, {
      ...{ subscriptionId, personId: person, capacity: 'guardian' },
      sealed: await device.sealed(subscriptionId),
    });
    await heard();
    expect(
      await world.database.admin`select from push_subscription where person_id = ${person}`,
    ).toHaveLength(0);
    expect(taken('EMAIL')).toEqual([]);
    // Until staff have released it, and the register tells of an address again (ADR-13).
    await world.facts.tell(protectionReleasedV1, { personId: person });
    await world.facts.enrolments(childId, [{ unitId }]);
    await heard();
    await world.contact(person);
    await becomes(await due([person]), 'DONE TOLD');
  });

  test('about a protected child but what a named person has let go, and then to nobody who is protected themself (S-08, S-12)', async () => {
    const [other, hidden] = [newId(), newId()];
    await family([person, other, hidden]);
    for (const one of [person, other, hidden]) await world.contact(one);
    await world.facts.enrolments(childId, [{ unitId }], []);
    await world.facts.tell(protectionRaisedV1, {
      ...{ raiseId: newId(), personId: hidden, acknowledgeBy: new Date().toISOString() },
    });
    await heard();
    const held = await due([person]);
    await becomes(held, 'HELD PROTECTED');
    const released = await due([other, hidden], { isReleased: true });
    const stateOf = async (noticeId: string, personId: string) =>
      (
        await world.database.admin`
        select reason from notice where notice_id = ${noticeId} and person_id = ${personId}`
      )[0]?.['reason'];
    await eventually(async () => expect(await stateOf(released, other)).toBe('TOLD'), 20_000);
    await eventually(async () => expect(await stateOf(released, hidden)).toBe('PROTECTED'), 20_000);
    expect(await states(held)).toEqual(['HELD PROTECTED']);
    const begin = async (noticeId: string, personId: string) => {
      const { begin: write } = await import('../src/store/deliveries.ts');
      const attempt = { noticeId, personId, channel: 'SMS', subscriptionId: null } as const;
      return world.deps.db.asService((tx) => write(tx, [{ ...attempt, newDeliveryId: newId() }]));
    };
    for (const [noticeId, personId] of [
      [held, person],
      [released, hidden],
    ] as const)
      await expect(begin(noticeId, personId)).rejects.toMatchObject({ cause: { code: '42501' } });
    // Let go later, what is held goes.
    await due([person], { noticeId: held, isReleased: true });
    await becomes(held, 'DONE TOLD');
    expect(taken('EMAIL')).toMatchObject([{ subject: 'Ny melding i Ranselpost' }]);
  });

  test('of what was withdrawn, also where that is heard first (MSG-17)', async () => {
    await world.contact(person);
    const noticeId = newId();
    await world.deps.db.asService((tx) => dropNotice(tx, { noticeId }));
    await due([person], { noticeId });
    expect(await states(noticeId)).toEqual(['DONE DROPPED']);
    expect(taken('EMAIL')).toEqual([]);
  });

  test('by the database itself, when the first lock is off (S-12)', async () => {
    await world.facts.guardians(childId, []);
    await heard();
    const noticeId = await due([person]);
    await becomes(noticeId, 'DONE NO_GROUND');
    const begin = import('../src/store/deliveries.ts').then((deliveries) =>
      world.deps.db.asService((tx) =>
        deliveries.begin(tx, [
          { noticeId, personId: person, newDeliveryId: newId(), channel: 'EMAIL', subscriptionId: null },
        ]),
      ),
    );
    await expect(begin).rejects.toMatchObject({ cause: { code: '42501' } });
  });
});

test('whoever is erased leaves nothing behind (RET-08)', async () => {
  await world.contact(person);
  await becomes(await due([person]), 'DONE TOLD');
  await world.facts.tell(personErasedV1, { personId: person, acknowledgeBy: new Date().toISOString() });
  await heard();
  for (const table of [
    'notice',
    'delivery',
    'contact',
    'choice',
    'child_name',
    'push_subscription',
    'failing',
    'reach',
    'decision',
  ])
    expect(
      await world.database.admin`select from ${world.database.admin(table)} where person_id = ${person}`,
    ).toHaveLength(0);
  expect(await told('notification.erasure.acknowledged.v1')).toEqual([{ personId: person }]);
});
