import type { Actor } from '@ranselpost/kit/pure/actor';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { type HandlingRefusal, type RefusalGround, decideDraft } from '../domain/information-request.ts';
import * as requests from '../store/information-requests.ts';
import * as texts from '../store/information-texts.ts';
import type { Deps } from './deps.ts';
import { type HandlingStep, placesOfChild, handleRequest } from './handled-information-request.ts';
import { writeTexts } from './information-texts.ts';

type Written =
  | { readonly kind: 'ANSWER'; readonly text: string }
  | { readonly kind: 'REFUSAL'; readonly ground: RefusalGround; readonly text: string };

/** Writes the one answer, or a refusal with its reasons. The asker is told nothing before it is released. */
export function writeInformationDecision(
  deps: Deps,
  actor: Actor,
  wanted: HandlingStep & { readonly decision: Written },
): Promise<Result<{ readonly requestId: string }, HandlingRefusal>> {
  const { text, ...draft } = wanted.decision;
  const step = draft.kind === 'ANSWER' ? 'ANSWER_WRITTEN' : 'REFUSAL_WRITTEN';
  return handleRequest(deps, actor, wanted, step, async (tx, { request, handler, register }) => {
    const { requestId } = request;
    const places = placesOfChild(request, register);
    const decision = decideDraft(request, { ...draft, by: handler.personId }, { text, places });
    if (!decision.ok) return decision;
    await requests.saveDraft(tx, requestId, decision.value);
    await texts.remove(tx, requestId, ['ANSWER', 'REASONS']);
    const kind = draft.kind === 'ANSWER' ? 'ANSWER' : 'REASONS';
    await writeTexts(tx, deps.numbers.keys, requestId, { [kind]: text });
    return accept(draft);
  });
}
