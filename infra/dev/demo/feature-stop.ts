import type { Visitor } from '../../visitor/visitor.ts';
import { DidNotHold, hold } from '../story.ts';
import { aKey } from './graph.ts';
import { type TownHall, approve } from './town-hall.ts';

export const notice = {
  nb: 'Fraværsmelding er stengt. Ring skolen eller barnehagen.',
  nn: 'Fråværsmelding er stengd. Ring skulen eller barnehagen.',
  en: 'Reporting absence is stopped. Call the school or the kindergarten.',
};

const everywhere = { feature: 'ABSENCE', place: { everywhere: true }, reason: 'The demo' };

interface Stated {
  readonly __typename: string;
  readonly proposalId?: string;
  readonly code?: string;
}
const stop = `mutation Stop($input: StopFeatureInput!) { it: stopFeature(input: $input) { __typename } }`;
const set = `mutation Set($input: SetFeatureInput!) { it: setFeature(input: $input) {
  __typename ... on FeatureReopeningProposed { proposalId } ... on Refusal { code } } }`;

async function state(who: Visitor, mutation: string, input: object): Promise<Stated> {
  const { data, codes } = await who.ask<{ it: Stated | null }>(mutation, {
    input: { ...input, idempotencyKey: aKey() },
  });
  if (data?.it == null) throw new DidNotHold(`a feature could not be stated: ${codes.join(', ')}`);
  return data.it;
}

/** Stops reporting in the whole municipality. One person is enough. */
export async function stopAbsence({ administrators: [one] }: TownHall): Promise<void> {
  const { __typename: answer } = await state(one, stop, { ...everywhere, notice });
  hold(answer === 'FeatureDirected', `the administrator could not stop it: ${answer}`);
}

/** What the leader of a school gets who opens it there all the same. */
export const openAlone = async ({ leader }: TownHall, unitId: string): Promise<Stated> =>
  state(leader, set, { ...everywhere, place: { unitIds: [unitId] }, state: 'OPEN', insistsOnDay: true });

/** Proposes as one administrator that it opens again. Answers the proposal, which is the other's to approve. */
export async function proposeOpening({ administrators: [one] }: TownHall): Promise<string> {
  const { proposalId, __typename: answer } = await state(one, set, {
    ...{ ...everywhere, state: 'OPEN', insistsOnDay: true },
  });
  if (proposalId === undefined) throw new DidNotHold(`opening again does not wait for a second: ${answer}`);
  return proposalId;
}

const standing = `{ features(feature: ABSENCE, first: 100) { nodes { state notice { nb } } } }`;

/** Ends the demo's own stop where it still stands. */
export async function openAgain(hall: TownHall): Promise<void> {
  const [one, other] = hall.administrators;
  const { data } = await one.ask<{
    features: {
      readonly nodes: readonly { readonly state: string; readonly notice: { readonly nb: string } | null }[];
    } | null;
  }>(standing);
  const isStopped = data?.features?.nodes.some((at) => at.state !== 'OPEN' && at.notice?.nb === notice.nb);
  if (isStopped === true) await approve(other, await proposeOpening(hall));
}
