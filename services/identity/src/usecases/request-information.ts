import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { decideAsking } from '../domain/information-request.ts';
import { mayAsk } from '../domain/information-policy.ts';
import type { WrittenForm } from '../domain/information-letters.ts';
import type { UnitKind } from '../domain/staff-roles.ts';
import * as requests from '../store/information-requests.ts';
import type { Deps } from './deps.ts';
import { type NamedChild, toChildText } from './named-child.ts';
import { type Texts, readTexts, writeTexts } from './information-texts.ts';

export interface Asked {
  readonly scope: UnitKind;
  readonly child: NamedChild;
  /** The asker's name as they write it: whoever is not followed in the register has none here. */
  readonly askerName: string;
  readonly question: string;
  readonly form: WrittenForm;
  readonly idempotencyKey: string;
}

type Taken = Result<{ readonly requestId: string }, { readonly kind: 'too-many' }>;

const dayMs = 24 * 60 * 60_000;

/**
 * Takes in a question by barnelova § 47. Nothing is looked up that says anything of the child or of the asker: the same
 * steps and the same receipt, whether the child is here, hidden or nobody, and whoever asks (GUA-20, S-06). Committed
 * before it is answered (S-20).
 */
export function requestInformation(deps: Deps, actor: Actor, asked: Asked): Promise<Taken> {
  return deps.db.asActor(actor, async (tx) => {
    mayAsk(actor);
    return aboutNobody(await takeIn(deps, tx, actor.personId, asked));
  });
}

async function takeIn(deps: Deps, tx: Tx, askerId: string, asked: Asked): Promise<Taken> {
  const now = deps.now();
  const texts: Texts = { ASKER: asked.askerName, CHILD: toChildText(asked.child), QUESTION: asked.question };
  const own = await requests.countOf(tx, askerId, new Date(now.getTime() - dayMs));
  const known = await knownUnder(deps, tx, askerId, asked, texts);
  if (known !== undefined) return accept({ requestId: known });
  const decision = decideAsking(own);
  if (!decision.ok) return decision;
  const requestId = deps.newId();
  await requests.insert(tx, { requestId, askerId, scope: asked.scope, form: asked.form, receivedAt: now });
  await writeTexts(tx, deps.numbers.keys, requestId, texts);
  const by = { actorId: askerId, key: asked.idempotencyKey };
  await requests.addSteps(tx, [{ requestId, step: 'RECEIVED', by, at: now }]);
  return accept({ requestId });
}

/** The request that the asker has made under this key before. */
async function knownUnder(
  deps: Deps,
  tx: Tx,
  askerId: string,
  asked: Asked,
  texts: Texts,
): Promise<string | undefined> {
  const step = await requests.stepUnder(tx, askerId, asked.idempotencyKey);
  if (step === undefined) return undefined;
  const [before] = await requests.byIds(tx, [step.requestId]);
  const said = (await readTexts(tx, deps.numbers.keys, [step.requestId]))(step.requestId);
  const isSame =
    step.step === 'RECEIVED' &&
    before?.scope === asked.scope &&
    (['ASKER', 'CHILD', 'QUESTION'] as const).every(
      (kind) => said[kind] === undefined || said[kind] === texts[kind],
    );
  if (!isSame) throw new AppError('BAD_USER_INPUT', 'the key names something else');
  return step.requestId;
}
