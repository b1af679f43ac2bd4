import { goldenFamilies } from '../../simulators/population/index.ts';
import type { Stack } from '../stack.ts';
import type { Say } from '../say.ts';
import { hold, until } from '../story.ts';
import { askForInformation, handle, onTheTable } from './information.ts';
import { type Scene, ms } from './scene.ts';

interface Letter {
  readonly id: string;
  readonly order: { readonly tittel: string };
}
export const lettersAt = async (stack: Stack): Promise<readonly Letter[]> => {
  const answer = await fetch(`${stack.urls['freg']}/control/svarut/letters`);
  return (await answer.json()) as readonly Letter[];
};

export const byPostMs = 60_000;

/** F12: who is reserved against what is formal and digital gets a decision on paper (KRR-04, ADR-08). */
export async function letter({ stack, guardian, hall }: Scene, see: Say): Promise<void> {
  const before = new Set((await lettersAt(stack)).map(({ id }) => id));
  const mother = await guardian(goldenFamilies.F12.mother.number);
  const requestId = await askForInformation(mother, {
    ...{ childName: 'Nevøen Hennes', childBirthDate: '2017-05-04', askerName: 'Tanten' },
    question: 'Hvordan går det med nevøen min?',
  });
  if (requestId === null) {
    see('she has asked five questions since yesterday, by earlier demos: that is the most for anybody');
    return;
  }
  await onTheTable(hall, requestId);
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
