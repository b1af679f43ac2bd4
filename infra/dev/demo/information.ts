import type { Visitor } from '../../visitor/visitor.ts';
import { DidNotHold, hold, until } from '../story.ts';
import { aKey } from './graph.ts';
import { patienceMs } from './scene.ts';
import type { TownHall } from './town-hall.ts';

const ask = `mutation Ask($input: RequestInformationInput!) { it: requestInformation(input: $input) {
  __typename ... on InformationRequested { request { id } } ... on Refusal { code } } }`;
const table = `{ informationRequests(first: 100) { nodes { id handling { candidates { id } } } } }`;

interface Asked {
  readonly it: { readonly code?: string; readonly request?: { readonly id: string } } | null;
}
interface Table {
  readonly informationRequests: {
    readonly nodes: readonly {
      readonly id: string;
      readonly handling: { readonly candidates: readonly { readonly id: string }[] };
    }[];
  } | null;
}

/** Asks a question about a child (barnelova § 47). Null for whoever has asked as much as anybody may, by earlier demos. */
export async function askForInformation(who: Visitor, question: object): Promise<string | null> {
  const { data, codes } = await who.ask<Asked>(ask, {
    input: { scope: 'SCHOOL', ...question, idempotencyKey: aKey() },
  });
  if (data?.it?.code === 'INFORMATION_TOO_MANY_REQUESTS') return null;
  const requestId = data?.it?.request?.id;
  if (requestId === undefined) throw new DidNotHold(`asking gave ${data?.it?.code ?? codes.join(', ')}`);
  return requestId;
}

/** Waits until a case worker has the question, and answers which child it may mean. */
export async function onTheTable({ caseWorker }: TownHall, requestId: string): Promise<string | undefined> {
  let childId: string | undefined;
  await until('the case worker’s table', patienceMs, async () => {
    const { data } = await caseWorker.ask<Table>(table);
    const found = data?.informationRequests?.nodes.find(({ id }) => id === requestId);
    childId = found?.handling.candidates[0]?.id;
    return found !== undefined;
  });
  return childId;
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
