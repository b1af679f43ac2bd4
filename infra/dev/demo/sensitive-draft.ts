import { goldenFamilies, goldenStaff } from '../../simulators/population/index.ts';
import { Visitor } from '../../visitor/visitor.ts';
import type { Say } from '../say.ts';
import { DidNotHold, hold, until } from '../story.ts';
import { aKey, childrenOf } from './graph.ts';
import { type Scene, patienceMs } from './scene.ts';

interface Written {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
  readonly findings?: readonly { readonly reason: string; readonly start: number; readonly end: number }[];
  readonly sent?: { readonly id: string; readonly thread: { readonly id: string } | null };
}
const start = `mutation Start($input: StartThreadInput!) { it: startThread(input: $input) {
  __typename ... on Refusal { code message } ... on TextDiverted { findings { reason start end } }
  ... on MessageSent { sent { id thread { id } } } } }`;
const answer = `mutation Answer($input: SendMessageInput!) { it: sendMessage(input: $input) {
  __typename ... on Refusal { code message } ... on MessageSent { sent { id thread { id } } } } }`;
const readers = `query Readers($childIds: [ID!]!, $unitId: ID!) { messageReaders(childIds: $childIds, unitId: $unitId) {
  staff { person { id } role } otherStaff guardians { reads } } }`;
const thread = `query Thread($id: ID!) { thread(id: $id) { messages(first: 10) { nodes { id text } } } }`;

interface Readers {
  readonly messageReaders: {
    readonly staff: readonly { readonly role: string | null }[];
    readonly otherStaff: string;
    readonly guardians: readonly { readonly reads: string }[];
  } | null;
}
interface Page {
  readonly thread: {
    readonly messages: {
      readonly nodes: readonly { readonly id: string; readonly text: string | null }[];
    } | null;
  } | null;
}

async function write(who: Visitor, query: string, input: object): Promise<Written> {
  const { data, codes } = await who.ask<{ it: Written | null }>(query, {
    input: { idempotencyKey: aKey(), ...input },
  });
  if (data?.it == null) throw new DidNotHold(`writing gave ${codes.join(', ')}`);
  return data.it;
}

/** What does not belong in a message is diverted before it is stored; what does reaches whom it was said to reach (X04, MSG-05). */
export async function sensitiveDraft({ stack, guardian }: Scene, see: Say): Promise<void> {
  const { F1 } = goldenFamilies;
  const mother = await guardian(F1.mother.number);
  const older = (await childrenOf(mother)).find(({ enrolments }) =>
    enrolments.some(({ unit }) => unit.kind === 'SCHOOL'),
  )!;
  const unitId = older.enrolments.find(({ unit }) => unit.kind === 'SCHOOL')!.unit.id;
  const where = { childIds: [older.id], unitId, knownNames: [older.name?.given ?? ''] };

  const { data } = await mother.ask<Readers>(readers, { childIds: where.childIds, unitId });
  const shown = data?.messageReaders;
  hold(
    shown?.staff.some(({ role }) => role === 'CONTACT_TEACHER') === true,
    'no contact teacher is written to',
  );
  hold(
    shown.guardians.every(({ reads }) => reads !== 'UNLESS_LEFT_OUT'),
    'another guardian would read it without being chosen',
  );
  see(
    'before she writes she reads who can: the contact teacher, and who has the class; the father only if she chooses him',
  );

  const draft = 'Legen sier at hun har fått epilepsi, og hun må ha medisin hver dag.';
  const diverted = await write(mother, start, { ...where, subject: 'Om legetimen', text: draft });
  const [finding] = diverted.findings ?? [];
  if (diverted.__typename !== 'TextDiverted' || finding === undefined)
    throw new DidNotHold(`the draft was not diverted: ${diverted.code ?? diverted.__typename}`);
  see(`her draft is stopped at “${draft.slice(finding.start, finding.end)}”: ${finding.reason}`);

  const text = `${older.name?.given} blir hjemme fra skolen i dag grunnet omgangssyke.`;
  const sent = await write(mother, start, { ...where, subject: 'Hjemme i dag', text });
  hold(sent.sent?.thread != null, `what may be written was refused: ${sent.code}`);
  const threadId = sent.sent.thread.id;
  const gateway = stack.urls['gateway']!;
  const teacher = await Visitor.signedIn(gateway, 'staff', goldenStaff.contactTeacher.number);
  await until('the teacher’s sight of it', patienceMs, async () => {
    const { data: page } = await teacher.ask<Page>(thread, { id: threadId });
    return page?.thread?.messages?.nodes.some((one) => one.text === text) === true;
  });
  const father = await guardian(F1.father.number);
  hold(
    (await father.ask<Page>(thread, { id: threadId })).codes.includes('NOT_FOUND'),
    'the father was not chosen and reads it',
  );
  const answered = await write(teacher, answer, { answersId: sent.sent.id, text: 'Takk, god bedring!' });
  hold(answered.sent !== undefined, `the teacher could not answer: ${answered.code}`);
  await until('the answer', patienceMs, async () => {
    const { data: page } = await mother.ask<Page>(thread, { id: threadId });
    return page?.thread?.messages?.nodes.length === 2;
  });
  see(`“${text}” passes, the teacher answers, and nobody else reads either`);
}
