import { goldenFamilies } from '../../simulators/population/index.ts';
import type { Stack } from '../stack.ts';
import type { Say } from '../say.ts';
import { DidNotHold, hold, until } from '../story.ts';
import { aKey } from './graph.ts';
import { handle } from './one-answer.ts';
import { type Scene, ms, patienceMs } from './scene.ts';

interface Letter {
  readonly id: string;
  readonly order: { readonly tittel: string };
}
interface Asked {
  readonly it: { readonly code?: string; readonly request?: { readonly id: string } } | null;
}
const ask = `mutation Ask($input: RequestInformationInput!) { it: requestInformation(input: $input) {
  __typename ... on InformationRequested { request { id } } ... on Refusal { code } } }`;
const table = `{ informationRequests(first: 100) { nodes { id } } }`;

const lettersAt = async (stack: Stack): Promise<readonly Letter[]> => {
  const answer = await fetch(`${stack.urls['freg']}/control/svarut/letters`);
  return (await answer.json()) as readonly Letter[];
};

const byPostMs = 60_000;

/** F12: who is reserved against what is formal and digital gets a decision on paper (KRR-04, ADR-08). */
export async function letter({ stack, guardian, hall }: Scene, see: Say): Promise<void> {
  const before = new Set((await lettersAt(stack)).map(({ id }) => id));
  const mother = await guardian(goldenFamilies.F12.mother.number);
  const { data, codes } = await mother.ask<Asked>(ask, {
    input: {
      ...{ scope: 'SCHOOL', childName: 'Nevøen Hennes', childBirthDate: '2017-05-04', askerName: 'Tanten' },
      ...{ question: 'Hvordan går det med nevøen min?', idempotencyKey: aKey() },
    },
  });
  if (data?.it?.code === 'INFORMATION_TOO_MANY_REQUESTS') {
    see('she has asked five questions since yesterday, by earlier demos: that is the most for anybody');
    return;
  }
  const requestId = data?.it?.request?.id;
  if (requestId === undefined) throw new DidNotHold(`asking gave ${data?.it?.code ?? codes.join(', ')}`);
  await until('the case worker’s table', patienceMs, async () => {
    const { data: shown } = await hall.caseWorker.ask<{
      informationRequests: { readonly nodes: readonly { readonly id: string }[] } | null;
    }>(table);
    return shown?.informationRequests?.nodes.some(({ id }) => id === requestId) === true;
  });
  await handle(hall, 'checkInformationRequest', { requestId, childId: null });
  await handle(hall, 'refuseInformationRequest', {
    ...{ requestId, ground: 'NO_CHILD_HERE', reasons: 'Ingen slik elev er kjent her.' },
  });
  await handle(hall, 'releaseInformationDecision', { requestId });
  const isNew = ({ id }: Letter): boolean => !before.has(id);
  const took = await until('a letter', byPostMs, async () => (await lettersAt(stack)).some(isNew));
  const one = (await lettersAt(stack)).find(isNew);
  hold(one !== undefined, 'there is no letter');
  see(
    `a mother who is reserved asks, and is refused with reasons: “${one.order.tittel}” is with the post after ${ms(took)}`,
  );
}
