import { tell } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { decisionReleasedV1 } from '@ranselpost/schema/events/identity/decision-released.v1';
import { answerLetter, refusalLetter } from '../domain/information-letters.ts';
import {
  type Draft,
  type HandlingRefusal,
  decideRelease,
  toToldGround,
} from '../domain/information-request.ts';
import { type LawProfile, lawProfile } from '../domain/law-profile.ts';
import * as entries from '../store/information-entries.ts';
import * as requests from '../store/information-requests.ts';
import { type Deps, today } from './deps.ts';
import { type HandlingStep, placesOfChild, handleRequest } from './handled-information-request.ts';
import { type Texts, readTexts, writeTexts } from './information-texts.ts';

/** Tells the asker what was written: from here on it stands (ADM-10), and the case goes to the archive (ARK-01). */
export const releaseInformationDecision = (
  deps: Deps,
  actor: Actor,
  wanted: HandlingStep,
): Promise<Result<{ readonly requestId: string }, HandlingRefusal>> =>
  handleRequest(deps, actor, wanted, 'RELEASED', async (tx, { request, handler, register }) => {
    const { requestId } = request;
    // Not to be released by whoever cannot see it any more.
    placesOfChild(request, register);
    const decision = decideRelease(request, handler.personId);
    if (!decision.ok) return decision;
    const law = lawProfile(today(deps));
    const written = (await readTexts(tx, deps.numbers.keys, [requestId]))(requestId);
    await writeTexts(tx, deps.numbers.keys, requestId, toLetter(request, decision.value, written, law));
    const state = decision.value.kind === 'ANSWER' ? 'ANSWERED' : 'REFUSED';
    const now = deps.now();
    await requests.close(tx, requestId, state, now, handler.personId);
    await tell(tx, decisionReleasedV1, {
      ...{ decisionId: requestId, personId: request.askerId },
      releasedAt: now.toISOString(),
    });
    await entries.add(tx, { entryId: deps.newId(), requestId, kind: 'CASE' });
    return accept({ state, laws: [law.children.id, law.administration.id] });
  });

function toLetter(
  { form, route }: requests.StoredRequest,
  draft: Draft,
  { ANSWER: answer, REASONS: reasons }: Texts,
  law: LawProfile,
): Texts {
  if (draft.kind === 'ANSWER') {
    if (answer === undefined) throw new AppError('INTERNAL', 'an answer was drafted and is not there');
    return { LETTER: answerLetter(law, form, answer) };
  }
  const told = toToldGround(draft.ground, route);
  // What would tell whether the child is known here stays in the case.
  const { text, aid } = refusalLetter(law, form, told, told === 'UNTOLD' ? null : (reasons ?? null));
  return { LETTER: text, AID: aid };
}
