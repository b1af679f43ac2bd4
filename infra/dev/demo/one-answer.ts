import { goldenFamilies } from '../../simulators/population/index.ts';
import type { Say } from '../say.ts';
import { DidNotHold, hold } from '../story.ts';
import { aKey } from './graph.ts';
import { askForInformation, handle, onTheTable } from './information.ts';
import { type Scene, neutralPage } from './scene.ts';

interface Opened {
  readonly text?: string;
  readonly code?: string;
}
const open = `mutation Open($input: OpenInformationDecisionInput!) { it: openInformationDecision(input: $input) {
  __typename ... on InformationAnswer { text } ... on Refusal { code } } }`;
/** F2: a father without responsibility, and barnelova § 47 (GUA-07, GUA-20). */
export async function oneAnswer({ guardian, hall }: Scene, see: Say): Promise<void> {
  const { F2 } = goldenFamilies;
  const father = await guardian(F2.father.number);
  const page = await neutralPage(father);
  const stranger = await guardian('staff.otherTeacher');
  hold(page.text === (await neutralPage(stranger)).text, 'his page differs from a stranger’s');
  see(`he reads what a stranger reads, to the letter: “${page.help.accessHelp.heading}”`);

  const requestId = await askForInformation(father, {
    ...{ childNumber: F2.child.number, askerName: 'Faren' },
    question: 'Hvordan har det gått med fraværet i høst?',
  });
  if (requestId === null) {
    see('he has asked five questions since yesterday, by earlier demos: that is the most for anybody');
    return;
  }
  const letter = async (): Promise<Opened> => {
    const { data, codes } = await father.ask<{ it: Opened | null }>(open, {
      input: { requestId, idempotencyKey: aKey() },
    });
    if (data?.it == null) throw new DidNotHold(`opening gave ${codes.join(', ')}`);
    return data.it;
  };
  const childId = await onTheTable(hall, requestId);
  const text = 'Eleven har vært borte tre dager i høst.';
  await handle(hall, 'checkInformationRequest', { requestId, childId });
  await handle(hall, 'answerInformationRequest', { requestId, text });
  hold((await letter()).code !== undefined, 'a draft could be read');
  await handle(hall, 'releaseInformationDecision', { requestId });
  const answer = await letter();
  hold(answer.text?.endsWith(text) === true, `he gets no answer: ${answer.code}`);
  see(`a case worker looked into it and answered: “${text}”`);
  const again = await letter();
  hold(again.code === 'INFORMATION_ANSWER_GONE', 'the answer can be read twice');
  hold(page.text === (await neutralPage(father)).text, 'the answer gave him more than an answer');
  see('it opens once, and he sees no more of the child than before');
}
