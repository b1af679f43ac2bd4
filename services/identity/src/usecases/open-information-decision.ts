import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { tell } from '@ranselpost/kit/outbox';
import type { Actor, GuardianActor } from '@ranselpost/kit/pure/actor';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { decisionOpenedV1 } from '@ranselpost/schema/events/identity/decision-opened.v1';
import { mayAsk } from '../domain/information-policy.ts';
import { complaintDeadline, decideOpening } from '../domain/information-request.ts';
import { lawProfile } from '../domain/law-profile.ts';
import * as requests from '../store/information-requests.ts';
import type { Deps } from './deps.ts';
import { once } from './information-steps.ts';
import { readTexts } from './information-texts.ts';
import { type OwnStep, lockOwn } from './own-information-request.ts';

/** A decision as its asker reads it. */
export type OpenedDecision =
  | { readonly kind: 'ANSWER'; readonly requestId: string; readonly text: string }
  | {
      readonly kind: 'REFUSAL';
      readonly requestId: string;
      readonly text: string;
      readonly aid: string;
      readonly complaintUntil: LocalDate;
    };

type Opening = Result<OpenedDecision, { readonly kind: 'not-decided' | 'gone' }>;

/** Opens what was decided: an answer once, a refusal as often as it takes. The first opening is when it arrived (ADM-03). */
export function openInformationDecision(deps: Deps, actor: Actor, wanted: OwnStep): Promise<Opening> {
  return deps.db.asActor(actor, async (tx) => {
    mayAsk(actor);
    return aboutNobody(await open(deps, tx, actor, wanted));
  });
}

async function open(
  deps: Deps,
  tx: Tx,
  actor: GuardianActor,
  { requestId, idempotencyKey: key }: OwnStep,
): Promise<Opening> {
  const now = deps.now();
  const request = await lockOwn(tx, actor, requestId);
  const firstKey = await requests.firstOpeningKey(tx, requestId, request.askerId);
  const decision = decideOpening(request, { now, isFirstKey: firstKey === key });
  if (!decision.ok) return decision;
  const { LETTER: text, AID: aid = '' } = (await readTexts(tx, deps.numbers.keys, [requestId]))(requestId);
  // The archive has it and it is gone from here.
  if (text === undefined) return refuse({ kind: 'gone' });
  await once(tx, { requestId, step: 'OPENED', actorId: actor.personId, key }, now, async () => {
    await requests.markOpened(tx, requestId, now);
    if (request.openedAt === null)
      await tell(tx, decisionOpenedV1, {
        ...{ decisionId: requestId, personId: actor.personId },
        openedAt: now.toISOString(),
      });
    return accept({});
  });
  if (request.state === 'ANSWERED') return accept({ kind: 'ANSWER', requestId, text });
  const law = lawProfile(localDateAt(request.closedAt ?? now));
  const complaintUntil = complaintDeadline(request.openedAt ?? now, law)!;
  return accept({ kind: 'REFUSAL', requestId, text, aid, complaintUntil });
}
