import type { PersonActor } from '@ranselpost/kit/pure/actor';
import { type Bus, connectBus } from '@ranselpost/kit/bus';
import { newId } from '@ranselpost/kit/ids';
import { createLog } from '@ranselpost/kit/log';
import { type TestActors, testActors } from '@ranselpost/kit/testing/actors';
import { type TestBus, testBus } from '@ranselpost/kit/testing/bus';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { type IdentityFacts, identityFacts } from '@ranselpost/kit/testing/identity-facts';
import { UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrations } from '../src/migrations.ts';
import { children, people, places, tellFamilies } from './families.ts';
import {
  type Service,
  drafts,
  saveDraft,
  sendDraft,
  sendMessage,
  startService,
  startThread,
  threadById,
} from './service.ts';
import { copyHas } from './world.ts';

let actors: TestActors;
let bus: TestBus;
let database: TestDatabase;
let identity: IdentityFacts;
let service: Service;
let listener: Bus;
/** What was said on the bus, by anybody. */
const heard: string[] = [];
beforeAll(async () => {
  [actors, bus, database] = await Promise.all([
    testActors(),
    testBus(),
    testDatabase('messaging', migrations),
  ]);
  identity = await identityFacts(bus.url);
  listener = await connectBus(bus.url, 'listener', createLog('test', 'silent'));
  listener.connection.subscribe('>', {
    callback: (_error, { data }) => void heard.push(new TextDecoder().decode(data)),
  });
  service = await startService({ databaseUrl: database.url, busUrl: bus.url, actors });
  await tellFamilies(identity);
  identity.beat();
  await copyHas(database.db, identity);
});
afterAll(async () => {
  await service.kill();
  await listener.close();
  await identity.close();
  await Promise.all([actors.close(), bus.close(), database.close()]);
});

const json = { 'content-type': 'application/json' };

// What a token can be wrong in, the kit's own tests try; here, that its door is ours.
test('answers 401 with the same body without a valid actor token (S-13)', async () => {
  const refused = '{"errors":[{"message":"Sign in and try again.","extensions":{"code":"UNAUTHENTICATED"}}]}';
  const unsigned = new UnsecuredJWT({ actor: people.mother })
    .setIssuer(actors.issuer)
    .setAudience('messaging');
  for (const token of [null, unsigned.setJti(newId()).encode(), await actors.sign(people.mother, 'identity')])
    for (const query of ['{ __typename }', '{ _service { sdl } }', threadById]) {
      const headers = token === null ? {} : { authorization: `Bearer ${token}` };
      const answer = await service.send({ ...json, ...headers }, JSON.stringify({ query }));
      expect([answer.status, answer.body]).toEqual([401, refused]);
    }
});

const anInput = (more: object = {}) => ({
  ...{ childIds: [children.ours], unitId: places.school, subject: 'Tur', text: 'PLANTET' },
  ...{ idempotencyKey: newId(), ...more },
});
interface Sent {
  readonly sent: { readonly id: string; readonly thread: { readonly id: string } };
}

describe('the graph', () => {
  test('sends a message, reads it and answers it', async () => {
    const { data, codes } = await service.ask(people.mother, startThread, { input: anInput() });
    expect(codes).toEqual([]);
    const { sent: message } = data!['startThread'] as Sent;
    const { id } = message.thread;
    const read = await service.ask(people.teacher, threadById, { id });
    expect(read.codes).toEqual([]);
    expect(read.data!['thread']).toMatchObject({
      ...{ id, subject: 'Tur', isOpen: true, children: [{ id: children.ours }], unit: { id: places.school } },
      participants: [
        { person: { id: people.mother.personId }, capacity: 'GUARDIAN' },
        { person: { id: people.teacher.personId }, capacity: 'STAFF' },
      ],
      messages: { nodes: [{ id: message.id, text: 'PLANTET', state: 'SENT' }] },
    });
    const input = { answersId: message.id, text: 'Takk', idempotencyKey: newId() };
    const answered = await service.ask(people.teacher, sendMessage, { input });
    expect(answered.data!['sendMessage']).toMatchObject({
      sent: { homeReaders: [{ id: people.mother.personId }], author: { capacity: 'STAFF' } },
    });
    for (const who of [people.father, people.stranger, people.afterSchool])
      expect((await service.ask(who, threadById, { id })).body).toBe(
        (await service.ask(who, threadById, { id: newId() })).body,
      );
  });

  test('asks staff, and no guardian, whether what seems to be a complaint belongs in the archive (MSG-20)', async () => {
    const { data } = await service.ask(people.mother, startThread, {
      input: anInput({ text: 'Vi klager på busstidene' }),
    });
    const { id } = (data!['startThread'] as Sent).sent.thread;
    const prompts = `query ($id: ID!) { thread(id: $id) { messages { nodes { archivePrompt } } } }`;
    const asked = async (who: PersonActor) => (await service.ask(who, prompts, { id })).data;
    expect(await asked(people.teacher)).toEqual({
      thread: { messages: { nodes: [{ archivePrompt: 'COMPLAINT' }] } },
    });
    expect(await asked(people.mother)).toEqual({
      thread: { messages: { nodes: [{ archivePrompt: null }] } },
    });
  });

  test('keeps drafts of all three kinds, and sends one now and one by the clock (M44)', async () => {
    const { teacher, leader } = people;
    const ask = async (who: PersonActor, query: string, input: object = {}) => {
      const { data, codes } = await service.ask(who, query, { input });
      expect(codes).toEqual([]);
      return Object.values(data!)[0] as Record<string, unknown>;
    };
    const keep = async (who: PersonActor, more: object): Promise<{ readonly id: string }> =>
      (await ask(who, saveDraft, { text: 'Husk sko', idempotencyKey: newId(), ...more }))['saved'] as {
        id: string;
      };
    const thread = { childIds: [children.ours], unitId: places.school };
    const leaveOut = [{ guardianId: people.father.personId, cause: 'Er på reise' }];
    const begun = await keep(teacher, { thread: { ...thread, leaveOut }, subject: 'Sko' });
    expect(begun).toMatchObject({
      ...{ kind: 'THREAD', text: 'Husk sko', children: [{ id: children.ours }], sendAt: null },
      ...{ leaveOut: [{ guardian: { id: people.father.personId }, cause: 'Er på reise' }], answers: null },
    });
    const sent = await ask(teacher, sendDraft, { draftId: begun.id });
    expect(sent).toMatchObject({ __typename: 'MessageSent', sent: { text: 'Husk sko', receipt: null } });
    const { id: messageId } = sent['sent'] as { id: string };
    const answer = await keep(people.mother, { answer: { messageId } });
    expect(answer).toMatchObject({ kind: 'ANSWER', answers: { id: messageId }, unit: { id: places.school } });
    const audience = { places: [{ unitId: places.school, groupId: places.groupA }] };
    const toMany = await keep(leader, { broadcast: { audience, urgent: 'TRAVEL' }, subject: 'Tur' });
    expect(toMany).toMatchObject({ broadcast: { urgent: 'TRAVEL', places: [{ groupId: places.groupA }] } });
    expect(await ask(leader, sendDraft, { draftId: toMany.id })).toMatchObject({
      broadcast: { state: 'WAITING' },
    });
    expect(
      await ask(people.mother, sendDraft, { draftId: answer.id, sendAt: '2020-01-01T00:00:00Z' }),
    ).toMatchObject({ __typename: 'SendTimeRefused', code: 'SEND_TIME_PAST' });
    const sendAt = new Date(Date.now() + 600_000).toISOString();
    expect(await ask(people.mother, sendDraft, { draftId: answer.id, sendAt })).toMatchObject({
      ...{ __typename: 'DraftScheduled', scheduled: { id: answer.id, sendAt, keptUntil: null } },
    });
    const bothKinds = { thread, answer: { messageId }, text: 'Hei', idempotencyKey: newId() };
    expect((await service.ask(people.mother, saveDraft, { input: bothKinds })).codes[0]).toMatch(
      /^BAD_USER_INPUT/,
    );
    await database.admin`update draft set send_at = now() where id = ${answer.id}`;
    await eventually(async () => expect((await ask(people.mother, drafts))['nodes']).toEqual([]), 30_000);
    // Sent by the clock: the same draft again gives what it has become.
    expect(await ask(people.mother, sendDraft, { draftId: answer.id })).toMatchObject({
      ...{ __typename: 'MessageSent', sent: { text: 'Husk sko' } },
    });
  });

  test('refuses with a type and words for each reason that the rules foresee', async () => {
    const begin = async (more: object) =>
      (await service.ask(people.mother, startThread, { input: anInput(more) })).data?.['startThread'];
    expect(await begin({ text: ' ' })).toEqual({
      ...{ __typename: 'MessageRefused', code: 'MESSAGE_EMPTY', message: 'Skriv noe først.' },
    });
    expect(await begin({ unitId: 'no id at all' })).toMatchObject({ code: 'MESSAGE_CHILD_NOT_AT_UNIT' });
    await identity.features(places.afterSchool, [{ feature: 'MESSAGING', state: 'SUSPENDED' }]);
    await copyHas(database.db, identity);
    expect(await begin({ unitId: places.afterSchool })).toMatchObject({
      ...{
        __typename: 'FeatureClosed',
        state: 'SUSPENDED',
        instead: { id: `${places.afterSchool}:MESSAGING` },
      },
    });
  });

  test.each([
    ['no children', { childIds: [] }],
    ['eleven', { childIds: Array.from({ length: 11 }, () => newId()) }],
    ['no key', { idempotencyKey: '' }],
    ['somebody left out by a guardian', { leaveOut: [{ guardianId: newId(), cause: 'x' }] }],
    ['a field that there is not', { note: 'hello' }],
  ])('answers BAD_USER_INPUT to %s', async (_what, more) => {
    const answer = await service.ask(people.mother, startThread, { input: anInput(more) });
    expect(answer.codes.map((code) => code.split(' ')[0])).toEqual(['BAD_USER_INPUT']);
  });

  test('does not take a megabyte of text', async () => {
    const input = anInput({ text: 'x'.repeat(1_000_000) });
    const answer = await service.ask(people.mother, startThread, { input }).catch(() => ({ status: 413 }));
    expect(answer.status).toBe(413);
  });

  test('gives a child that is not mine, is masked, or does not exist the same bytes (S-06, GUA-20)', async () => {
    const bodies = new Set<string>();
    for (const id of [newId(), children.theirs, children.masked, 'no id at all'])
      for (const more of [{}, { text: '' }, { unitId: places.otherSchool }]) {
        const input = anInput({ childIds: [id], ...more });
        bodies.add((await service.ask(people.stranger, startThread, { input })).body);
      }
    expect([...bodies]).toHaveLength(1);
  });

  test('does not answer introspection', async () => {
    expect((await service.ask(people.mother, '{ __schema { types { name } } }')).data ?? null).toBeNull();
  });
});

describe('what belongs in the contact form', () => {
  // Words that nothing else here writes, in the subject and in the text, as somebody begins and as somebody answers.
  const [word, other] = ['Qvintaforsk', 'Zuluphrase'];
  const text = `${word}: Kari slår ham hver dag`;

  test('is refused with the passages and why, and lies nowhere: no row, no event, no log (MSG-10, S-07)', async () => {
    const begun = await service.ask(people.mother, startThread, { input: anInput({ text, subject: other }) });
    expect(begun.data!['startThread']).toMatchObject({
      ...{ __typename: 'TextDiverted', code: 'TEXT_DIVERTED' },
      findings: [
        { part: 'BODY', topic: 'OTHER_PERSON', start: 13, end: 17 },
        {
          part: 'BODY',
          topic: 'BULLYING',
          start: 18,
          end: 22,
          reason: expect.stringContaining('kontaktskjema'),
        },
      ],
    });
    expect(begun.body).not.toContain(word);
    const { data } = await service.ask(people.mother, startThread, { input: anInput() });
    const input = { answersId: (data!['startThread'] as Sent).sent.id, text, idempotencyKey: newId() };
    const answered = await service.ask(people.mother, sendMessage, { input });
    expect(answered.data!['sendMessage']).toMatchObject({ __typename: 'TextDiverted' });
    const thread = { childIds: [children.ours], unitId: places.school };
    const draft = { thread, text, idempotencyKey: newId() };
    const kept = await service.ask(people.mother, saveDraft, { input: draft });
    expect(kept.data!['saveDraft']).toMatchObject({ __typename: 'TextDiverted' });
    const sent = await service.ask(people.mother, sendMessage, { input: { ...input, text: other } });
    expect(sent.data!['sendMessage']).toMatchObject({ __typename: 'MessageSent' });

    // Whoever is told of what was sent is told after what was refused would have been.
    const { id } = (sent.data!['sendMessage'] as Sent).sent;
    await eventually(() => expect(heard.some((said) => said.includes(id))).toBe(true));
    const found = await everythingKept();
    // The hunt finds what is there to find, and nothing of what is not.
    expect(found).toContain(other);
    expect(found).not.toContain(word);
  });

  test('and what was to be read again is sent under the same key, once it is', async () => {
    const asked = anInput({ text: 'Kan Mathilde bli med hjem?' });
    const ask = async (more: object) =>
      (await service.ask(people.mother, startThread, { input: { ...asked, ...more } })).data!['startThread'];
    expect(await ask({})).toMatchObject({
      __typename: 'TextToReread',
      findings: [{ topic: 'OTHER_PERSON' }],
    });
    expect(await ask({ isReread: true })).toMatchObject({ __typename: 'MessageSent' });
  });
});

/** Every row of every table, all that was said on the bus, and all that was logged. */
async function everythingKept(): Promise<string> {
  const tables = await database.admin<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`;
  const rows = await Promise.all(
    tables.map(({ name }) => database.admin.unsafe(`select kept::text as kept from ${name} as kept`)),
  );
  return [JSON.stringify(rows), ...heard, service.output()].join('\n');
}

test('nothing in the log holds a token or what was written (S-07)', () => {
  expect(service.output()).not.toMatch(/eyJ|Bearer|PLANTET|Tur|Husk/);
  expect(service.output()).not.toContain('"level":50');
});
