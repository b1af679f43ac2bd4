import type { Visitor } from '@ranselpost/infra/visitor/visitor';
import { newId } from '@ranselpost/kit/ids';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLive } from '@ranselpost/infra/visitor/live';
import { openTown } from './town.ts';

const town = openTown();
afterAll(() => town.close());

const result = `__typename ... on MessageSent { sent { id text homeReaders { id } thread { id isOpen } } } ... on Refusal { code }`;
const start = `mutation ($input: StartThreadInput!) { result: startThread(input: $input) { ${result} } }`;
const send = `mutation ($input: SendMessageInput!) { result: sendMessage(input: $input) { ${result} } }`;
const inbox = `{ unreadThreads inbox(first: 20) { nodes { isUnread thread { id children { id } unit { name }
  messages(first: 5) { nodes { text } } } } } }`;

interface Sent {
  readonly id: string;
  readonly homeReaders: readonly { readonly id: string }[];
  readonly thread: { readonly id: string };
}
interface Inbox {
  readonly unreadThreads: number;
  readonly inbox: {
    readonly nodes: readonly {
      readonly isUnread: boolean;
      readonly thread: {
        readonly id: string;
        readonly messages: { readonly nodes: readonly { text: string }[] };
      };
    }[];
  };
}

const write = async (who: Visitor, mutation: string, input: object) => {
  const { data, codes } = await who.ask<{ result: { sent?: Sent; code?: string } }>(mutation, {
    input: { ...input, idempotencyKey: newId() },
  });
  return { sent: data?.result.sent, why: data?.result.code ?? codes.join() };
};
const must = async (...given: Parameters<typeof write>): Promise<Sent> => {
  const { sent, why } = await write(...given);
  if (sent === undefined) throw new Error(`nothing was sent: ${why}`);
  return sent;
};
const box = async (who: Visitor): Promise<Inbox> => (await who.ask<Inbox>(inbox)).data!;
const texts = async (who: Visitor, threadId: string) =>
  (await box(who)).inbox.nodes
    .find(({ thread }) => thread.id === threadId)
    ?.thread.messages.nodes.map(({ text }) => text);

let mother: Visitor;
let father: Visitor;
let teacher: Visitor;
let child: string;
let school: string;
beforeAll(async () => {
  [mother, father, teacher] = await Promise.all([
    town.visit('guardian', 'F1.mother'),
    town.visit('guardian', 'F1.father'),
    town.visit('staff', 'staff.contactTeacher'),
  ]);
  child = await town.idOf('F1.older');
  school = await unitOf('F1.older');
});

async function unitOf(name: string): Promise<string> {
  const [row] = await town.look('identity')<{ unit_id: string }[]>`
    select e.unit_id from enrolment e join unit u using (unit_id)
    where e.child_id = ${await town.idOf(name)} and e.to_day is null and u.kind <> 'AFTER_SCHOOL'`;
  return row!.unit_id;
}

describe('a mother writes to school', () => {
  test('the contact teacher’s open portal hears of it, and the father when she chooses him (MSG-02, MSG-05)', async () => {
    const live = await openLive(teacher);
    const alone = await must(mother, start, {
      ...{ childIds: [child], unitId: school, subject: 'I dag', text: 'Line har omgangssyke' },
    });
    await eventually(() => expect(live.heard()).toContain(`{"kind":"thread","id":"${alone.thread.id}"}`));
    live.close();
    expect(await texts(teacher, alone.thread.id)).toEqual(['Line har omgangssyke']);
    expect(await texts(father, alone.thread.id)).toBeUndefined();
    const [fatherId] = alone.homeReaders.map(({ id }) => id);
    expect(fatherId).toBeDefined();
    const both = await must(mother, start, {
      ...{ childIds: [child], unitId: school, subject: 'Tur', text: 'Hvem følger?' },
      alsoGuardianIds: [await town.idOf('F1.father')],
    });
    expect(await texts(father, both.thread.id)).toEqual(['Hvem følger?']);
  });

  test('what the teacher writes home both read; what the mother answers the father does not (MSG-04, MSG-06)', async () => {
    const before = (await box(father)).unreadThreads;
    const home = await must(teacher, start, {
      ...{ childIds: [child], unitId: school, subject: 'Fredag', text: 'Husk matpakke' },
    });
    expect((await box(father)).unreadThreads).toBe(before + 1);
    await must(mother, send, { answersId: home.id, text: 'Bare til deg' });
    expect(await texts(teacher, home.thread.id)).toEqual(['Bare til deg', 'Husk matpakke']);
    expect(await texts(father, home.thread.id)).toEqual(['Husk matpakke']);
    await father.ask(
      `mutation ($id: ID!) { markThread(input: { threadId: $id, mark: READ }) { __typename } }`,
      { id: home.thread.id },
    );
    expect((await box(father)).unreadThreads).toBe(before);
  });
});

interface Mail {
  readonly key: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Somebody is told at any hour of the day, and in a language, as soon as notification knows that they want it so. */
async function wantsItAtOnce(who: Visitor, name: string, language: 'NB' | 'EN'): Promise<void> {
  const input = { language, quietHours: { from: '00:00', to: '00:00' } };
  await who.ask(`mutation ($input: UpdateSettingsInput!) { updateSettings(input: $input) { __typename } }`, {
    input,
  });
  const personId = await town.idOf(name);
  await eventually(async () => {
    const [chosen] = await town.look('notification')`
      select from choice where person_id = ${personId} and quiet_from = quiet_to and lower(language) = ${language.toLowerCase()}`;
    expect(chosen).toBeDefined();
  });
}

describe('notices of a message to a home (MSG-14, MSG-15, S-21)', () => {
  test('reach each of the readers once by mail, in their language, say nothing of it, and reach no other family', async () => {
    await wantsItAtOnce(mother, 'F1.mother', 'NB');
    await wantsItAtOnce(father, 'F1.father', 'EN');
    const { thread } = await must(teacher, start, {
      ...{ childIds: [child], unitId: school, subject: 'Gymtøy', text: 'Husk joggesko i morgen' },
    });
    const told = await eventually(async () => {
      const rows = await town.look('notification')<{ person: string; delivery: string }[]>`
        select d.person_id as person, d.delivery_id as delivery from notice n join delivery d using (notice_id, person_id)
        where n.subject_id = ${thread.id} and n.capacity = 'guardian' and d.channel = 'EMAIL' and d.state = 'ACCEPTED'`;
      expect(rows).toHaveLength(2);
      return rows;
    }, 30_000);
    const home = [await town.idOf('F1.mother'), await town.idOf('F1.father')];
    expect(told.map(({ person }) => person).toSorted()).toEqual(home.toSorted());
    const taken = (await town.control('sink', 'taken?channel=EMAIL&limit=2000', undefined, 'GET')) as Mail[];
    const mails = taken.filter(({ key }) => told.some(({ delivery }) => key.includes(delivery)));
    expect(mails.map(({ to }) => to).toSorted()).toEqual([
      'far.sykkelpumpe@example.test',
      'mor.sykkelpumpe@example.test',
    ]);
    for (const { subject, text } of mails)
      expect(`${subject} ${text}`).not.toMatch(/kulerund|sykkelpumpe|gymtøy|joggesko|skole/i);
    const inEnglish = mails.filter(({ subject }) => /new message/i.test(subject)).map(({ to }) => to);
    expect(inEnglish).toEqual(['far.sykkelpumpe@example.test']);
    const others = await town.look('notification')`
      select from notice where subject_id = ${thread.id} and not (person_id = any(${home}))`;
    expect(others).toHaveLength(0);
  });
});

describe('families of one class', () => {
  test('a father without responsibility, and the guardians of others, write and read nothing of it (GUA-02, GUA-13)', async () => {
    const one = await must(mother, start, {
      ...{ childIds: [child], unitId: school, subject: 'Sko', text: 'Fant du skoene?' },
    });
    for (const who of ['F2.father', 'F3.mother', 'F3.mothersPartner']) {
      const visitor = await town.visit('guardian', who);
      const input = { childIds: [child], unitId: school, subject: 'x', text: 'x' };
      expect((await write(visitor, start, input)).why).toBe('NOT_FOUND');
      expect((await write(visitor, send, { answersId: one.id, text: 'x' })).why).toBe('NOT_FOUND');
      expect(await texts(visitor, one.thread.id)).toBeUndefined();
    }
  });

  test('half-siblings are written about apart, and each home reads of its own alone (GUA-23)', async () => {
    const both = await town.visit('guardian', 'F3.mother');
    const [shared, half] = await Promise.all([town.idOf('F3.shared'), town.idOf('F3.mothersOther')]);
    const at = await unitOf('F3.shared');
    const together = { childIds: [shared, half], unitId: at, subject: 'Begge', text: 'Om begge' };
    expect(['MESSAGE_GUARDIANS_DIFFER', 'MESSAGE_CHILD_NOT_AT_UNIT']).toContain(
      (await write(both, start, together)).why,
    );
    const { thread } = await must(both, start, {
      ...together,
      childIds: [shared],
      alsoGuardianIds: [await town.idOf('F3.father')],
    });
    expect(await texts(await town.visit('guardian', 'F3.father'), thread.id)).toEqual(['Om begge']);
    expect(await texts(await town.visit('guardian', 'F3.mothersPartner'), thread.id)).toBeUndefined();
  });
});

test('what was sent to the wrong home is withdrawn, and is nowhere to be read (MSG-17)', async () => {
  const wrong = await must(teacher, start, {
    ...{ childIds: [child], unitId: school, subject: 'Feil', text: 'Til noen andre' },
  });
  const { data } = await teacher.ask<{ withdrawMessage: { __typename: string } }>(
    `mutation ($id: ID!) { withdrawMessage(input: { messageId: $id }) { __typename } }`,
    { id: wrong.id },
  );
  expect(data!.withdrawMessage.__typename).toBe('MessagePutAway');
  for (const who of [mother, father, teacher]) expect(await texts(who, wrong.thread.id)).toEqual([null]);
});
