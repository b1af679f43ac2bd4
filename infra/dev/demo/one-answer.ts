import { goldenFamilies } from '../../simulators/population/index.ts';
import type { Say } from '../say.ts';
import { DidNotHold, hold, until } from '../story.ts';
import { aKey } from './graph.ts';
import { type Scene, neutralPage, patienceMs } from './scene.ts';
import type { TownHall } from './town-hall.ts';

interface Letter {
  readonly __typename: string;
  readonly request?: { readonly id: string };
  readonly text?: string;
  readonly code?: string;
}
const ask = `mutation Ask($input: RequestInformationInput!) { it: requestInformation(input: $input) {
  __typename ... on InformationRequested { request { id } } ... on Refusal { code } } }`;
const open = `mutation Open($input: OpenInformationDecisionInput!) { it: openInformationDecision(input: $input) {
  __typename ... on InformationAnswer { text } ... on Refusal { code } } }`;
const table = `{ informationRequests(first: 100) { nodes { id handling { candidates { id isAskerParent } } } } }`;
interface Table {
  readonly informationRequests: {
    readonly nodes: readonly {
      readonly id: string;
      readonly handling: { readonly candidates: readonly { readonly id: string }[] };
    }[];
  } | null;
}

/** F2: a father without responsibility, and barnelova § 47 (GUA-07, GUA-20). */
export async function oneAnswer({ guardian, hall }: Scene, see: Say): Promise<void> {
  const { F2 } = goldenFamilies;
  const father = await guardian(F2.father.number);
  const page = await neutralPage(father);
  const stranger = await guardian('staff.otherTeacher');
  hold(page.text === (await neutralPage(stranger)).text, 'his page differs from a stranger’s');
  see(`he reads what a stranger reads, to the letter: “${page.help.accessHelp.heading}”`);

  const write = async (query: string, input: object): Promise<Letter> => {
    const { data, codes } = await father.ask<{ it: Letter | null }>(query, {
      input: { idempotencyKey: aKey(), ...input },
    });
    if (data?.it == null) throw new DidNotHold(`asking gave ${codes.join(', ')}`);
    return data.it;
  };
  const asked = await write(ask, {
    ...{ scope: 'SCHOOL', childNumber: F2.child.number, askerName: 'Faren' },
    question: 'Hvordan har det gått med fraværet i høst?',
  });
  if (asked.code === 'INFORMATION_TOO_MANY_REQUESTS') {
    see('he has asked five questions since yesterday, by earlier demos: that is the most for anybody');
    return;
  }
  const requestId = asked.request!.id;
  let childId: string | undefined;
  await until('the case worker’s table', patienceMs, async () => {
    const { data } = await hall.caseWorker.ask<Table>(table);
    const found = data?.informationRequests?.nodes.find(({ id }) => id === requestId);
    childId = found?.handling.candidates[0]?.id;
    return found !== undefined;
  });
  const text = 'Eleven har vært borte tre dager i høst.';
  await handle(hall, 'checkInformationRequest', { requestId, childId });
  await handle(hall, 'answerInformationRequest', { requestId, text });
  hold((await write(open, { requestId })).code !== undefined, 'a draft could be read');
  await handle(hall, 'releaseInformationDecision', { requestId });
  const answer = await write(open, { requestId });
  hold(answer.text?.endsWith(text) === true, `he gets no answer: ${answer.code}`);
  see(`a case worker looked into it and answered: “${text}”`);
  const again = await write(open, { requestId });
  hold(again.code === 'INFORMATION_ANSWER_GONE', 'the answer can be read twice');
  hold(page.text === (await neutralPage(father)).text, 'the answer gave him more than an answer');
  see('it opens once, and he sees no more of the child than before');
}

/** Each step of a case worker's, which no rule refuses here. */
export async function handle({ caseWorker }: TownHall, mutation: string, input: object): Promise<void> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const { data, codes } = await caseWorker.ask<{ it: { readonly code?: string } | null }>(
    `mutation Handle($input: ${type}!) { it: ${mutation}(input: $input) { __typename ... on Refusal { code } } }`,
    { input: { ...input, idempotencyKey: aKey() } },
  );
  const code = data?.it == null ? codes.join(', ') : data.it.code;
  hold(code === undefined, `${mutation} gave ${code}`);
}
