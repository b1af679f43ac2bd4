import { goldenApplicants, goldenStaff } from '../../simulators/population/index.ts';
import { act } from '../../visitor/register.ts';
import { Visitor } from '../../visitor/visitor.ts';
import type { Stack } from '../stack.ts';
import { change, roundTitle } from './admission.ts';
import { checkPage, keysOf } from './a-result.ts';
import { readRound } from './a-round.ts';
import { aKey } from './graph.ts';

const rounds = `{ admissionRounds(first: 100) { nodes { id title state } } }`;
interface Rounds {
  readonly admissionRounds: {
    readonly nodes: readonly { readonly id: string; readonly title: string; readonly state: string }[];
  } | null;
}
const left = `{ viewer { children { id placementOffers { id state } places { id from to }
  placementApplications(first: 20) { nodes { id state isByViewer } } } } }`;
interface Left {
  readonly viewer: {
    readonly children: readonly {
      readonly placementOffers: readonly { readonly id: string; readonly state: string }[] | null;
      readonly places:
        readonly { readonly id: string; readonly from: string; readonly to: string | null }[] | null;
      readonly placementApplications: {
        readonly nodes: readonly {
          readonly id: string;
          readonly state: string;
          readonly isByViewer: boolean;
        }[];
      } | null;
    }[];
  } | null;
}
const next: Readonly<Record<string, string>> = {
  ...{ OPEN: 'closeAdmissionRound', CLOSED: 'allocateRound', ALLOCATED: 'publishRound' },
  ...{ PUBLISHED: 'openAppeals', APPEAL: 'finishAdmissionRound' },
};

/** Gives up what the story's families have got and wait for, and ends its rounds: the next play begins anew. */
export async function endAdmission(stack: Stack): Promise<void> {
  const gateway = stack.urls['gateway']!;
  for (const number of [goldenApplicants.first.mother.number, goldenApplicants.sibling.father.number])
    await giveUp(await Visitor.signedIn(gateway, 'guardian', number));
  const caseWorker = await Visitor.signedIn(gateway, 'staff', goldenStaff.caseWorker.number);
  const { data } = await caseWorker.ask<Rounds>(rounds);
  for (const { id, title, state } of data?.admissionRounds?.nodes ?? [])
    if (title === roundTitle) await endRound(caseWorker, { id, state });
}

async function giveUp(who: Visitor): Promise<void> {
  const { data } = await who.ask<Left>(left);
  for (const { placementOffers, places, placementApplications } of data?.viewer?.children ?? []) {
    for (const { id: offerId, state } of placementOffers ?? [])
      if (state === 'SENT')
        await act(who, 'answerPlacementOffer', { offerId, answer: 'DECLINE', idempotencyKey: aKey() });
    for (const { id: placeId, from, to } of places ?? [])
      if (to === null) await act(who, 'resignPlace', { placeId, endsOn: from, idempotencyKey: aKey() });
    for (const { id: applicationId, state, isByViewer } of placementApplications?.nodes ?? [])
      if (isByViewer && !['WITHDRAWN', 'ENDED'].includes(state))
        await act(who, 'withdrawPlacementApplication', { applicationId });
  }
}

async function endRound(
  caseWorker: Visitor,
  round: { readonly id: string; readonly state: string },
): Promise<void> {
  for (let { state } = round; next[state] !== undefined;) {
    const seen = state === 'ALLOCATED' ? { seen: keysOf(await checkPage(caseWorker, round.id)) } : {};
    const type = state === 'ALLOCATED' ? 'PublishRoundInput' : 'MoveAdmissionRoundInput';
    await change(caseWorker, next[state]!, { roundId: round.id, ...seen, idempotencyKey: aKey() }, { type });
    state = (await readRound(caseWorker, round.id)).state;
  }
}
