import { goldenFamilies } from '../../simulators/population/index.ts';
import type { Visitor } from '../../visitor/visitor.ts';
import type { Say } from '../say.ts';
import { DidNotHold, hold, until } from '../story.ts';
import { aKey } from './graph.ts';
import { type Scene, ms } from './scene.ts';

interface Sent {
  readonly __typename: string;
  readonly code?: string;
  readonly broadcast?: { readonly id: string; readonly state: string };
}
const send = `mutation Send($input: SendBroadcastInput!) { it: sendBroadcast(input: $input) {
  __typename ... on Refusal { code } ... on BroadcastStored { broadcast { id state } } } }`;
const undo = `mutation Undo($input: UndoBroadcastInput!) { it: undoBroadcast(input: $input) {
  __typename ... on Refusal { code } ... on BroadcastTakenBack { broadcast { id state } } } }`;
const preview = `query Preview($audience: BroadcastAudienceInput!) { previewBroadcast(audience: $audience) {
  recipientCount needsConfirmation confirmation } }`;
const place = `{ viewer { children { name { given } enrolments { unit { id name kind } groups { id } } } } }`;
const received = `query Received { broadcasts(first: 20) { nodes { id title } } }`;

/** A text to a class that is on its way, to be looked for when its minute is over. */
export interface OnItsWay {
  readonly kept: string;
  readonly undone: string;
  readonly since: number;
  /** What no notice may say. */
  readonly secrets: readonly string[];
}

interface Place {
  readonly viewer: {
    readonly children: readonly {
      readonly name: { readonly given: string } | null;
      readonly enrolments: readonly {
        readonly unit: { readonly id: string; readonly name: string; readonly kind: string };
        readonly groups: readonly { readonly id: string }[];
      }[];
    }[];
  };
}

/** A leader writes to a class, undoes it within its minute, and writes again (MSG-06, MSG-07). */
export async function writeToAClass({ guardian, hall }: Scene, see: Say): Promise<OnItsWay> {
  const mother = await guardian(goldenFamilies.F1.mother.number);
  const { data } = await mother.ask<Place>(place);
  const enrolment = data?.viewer.children
    .flatMap(({ enrolments }) => enrolments)
    .find(({ unit, groups }) => unit.kind === 'SCHOOL' && groups.length > 0);
  const group = enrolment?.groups[0];
  if (enrolment === undefined || group === undefined)
    throw new DidNotHold('the mother’s child is in no class');
  const audience = { places: [{ unitId: enrolment.unit.id, groupId: group.id }] };
  const looked = await hall.leader.ask<{
    previewBroadcast: { readonly recipientCount: number; readonly confirmation: string } | null;
  }>(preview, { audience });
  const counted = looked.data?.previewBroadcast;
  if (counted == null) throw new DidNotHold(`the preview gave ${looked.codes.join(', ')}`);
  const input = { audience, confirmation: counted.confirmation, urgent: 'UNIT_CLOSED' };
  const wrong = await act(hall.leader, send, {
    ...{ ...input, title: 'Tur i morgen', body: 'Husk matpakke og varme klær.', idempotencyKey: aKey() },
  });
  const { state } = await act(hall.leader, undo, { broadcastId: wrong.id });
  hold(state === 'UNDONE', `what was undone is ${state}`);
  const title = `Stengt i morgen (${aKey().slice(-6)})`;
  const right = await act(hall.leader, send, {
    ...{ ...input, title, body: 'Skolen er stengt i morgen. Vannet er borte.', idempotencyKey: aKey() },
  });
  const names = (data?.viewer.children ?? []).flatMap(({ name }) => (name === null ? [] : [name.given]));
  const secrets = [title, enrolment.unit.name, ...names];
  see(
    `to ${counted.recipientCount} guardians of a class, counted before; the first is undone, the second has its minute`,
  );
  return { kept: right.id, undone: wrong.id, since: performance.now(), secrets };
}

async function act(
  who: Visitor,
  query: string,
  input: object,
): Promise<{ readonly id: string; readonly state: string }> {
  const { data, codes } = await who.ask<{ it: Sent | null }>(query, { input });
  if (data?.it?.broadcast === undefined)
    throw new DidNotHold(`it gave ${data?.it?.code ?? codes.join(', ')}`);
  return data.it.broadcast;
}

const overAMinuteMs = 90_000;

/** Its minute over, the class has the one and not the other, and a notice that says neither what nor of whom (MSG-14). */
export async function reachesTheClass(
  { guardian, stack }: Scene,
  { kept, undone, since, secrets }: OnItsWay,
  see: Say,
): Promise<void> {
  const mother = await guardian(goldenFamilies.F1.mother.number);
  const theirs = async (): Promise<readonly string[]> => {
    const { data } = await mother.ask<{
      broadcasts: { readonly nodes: readonly { readonly id: string }[] } | null;
    }>(received);
    return (data?.broadcasts?.nodes ?? []).map(({ id }) => id);
  };
  const took = await until(
    'the broadcast',
    overAMinuteMs,
    async () => (await theirs()).includes(kept),
    since,
  );
  hold(!(await theirs()).includes(undone), 'what was undone arrived');
  see(`it arrived after ${ms(took)}, and what was undone did not`);
  const mails = async () => {
    const answer = await fetch(`${stack.urls['sink']}/control/taken?channel=EMAIL`);
    return (await answer.json()) as readonly {
      readonly subject: string;
      readonly text: string;
      readonly at: string;
    }[];
  };
  const began = Date.now() - (performance.now() - since);
  await until('a notice', overAMinuteMs, async () =>
    (await mails()).some(({ at }) => Date.parse(at) > began),
  );
  const [notice] = await mails();
  hold(
    notice !== undefined && !secrets.some((secret) => `${notice.subject} ${notice.text}`.includes(secret)),
    'a notice says what it is of',
  );
  see(`the notice says no more than “${notice.subject}”`);
}
