import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { lookupHash } from '@ranselpost/kit/numbers';
import { tellAll } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import type { Known, Unit } from '../domain/feature.ts';
import type { Director } from '../domain/feature-policy.ts';
import type { Proposal } from '../domain/proposals.ts';
import * as acts from '../store/feature-acts.ts';
import { type Deps, today } from './deps.ts';
import { keepText } from './keep-text.ts';
import { meetDirector } from './meet-director.ts';
import { proposeReopening } from './reopen-feature.ts';
import { toFeatureFacts } from './tell-features.ts';

/** Why somebody does something with a feature, and a key of their own: the same under the same key is the same. */
export interface Asking {
  readonly reason: string;
  readonly idempotencyKey: string;
}

/** An act with why it was done, in the words of whoever did it. */
export interface ActView extends acts.StoredAct {
  readonly reason: string | null;
}

/** Done, or waiting for a second person. */
export type Directed =
  | { readonly kind: 'done'; readonly act: ActView }
  | { readonly kind: 'proposed'; readonly proposal: Proposal };

/** What is done, and by whom. */
interface Doer extends Director {
  readonly doing: acts.Doing;
  readonly units: readonly Unit[];
}

/**
 * Does something with a feature, once for its key. What changes by it is told in the same transaction: whoever has the
 * answer knows that it is on its way to every service. What would end an emergency stop is proposed instead.
 */
export function direct<Refusal>(
  deps: Deps,
  actor: Actor,
  { reason, idempotencyKey }: Asking,
  plan: (tx: Tx) => Promise<acts.Doing> | acts.Doing,
  decide: (
    doing: acts.Doing,
    power: Director['power'],
    known: Known,
  ) => Result<{ readonly lifts: readonly string[] }, Refusal>,
): Promise<Result<Directed, Refusal>> {
  return deps.db.decide<Doer, Result<Directed, Refusal>>(
    actor,
    async (tx) => {
      const doing = await plan(tx);
      return { doing, ...(await meetDirector(deps, tx, actor, doing.place)) };
    },
    async (tx, { doing, units, ...director }) => {
      const event = { ...deps, db: tx };
      const { personId } = director.actor;
      const question = JSON.stringify([doing, reason]);
      const requestHash = lookupHash(deps.numbers.lookupKey, question).toString('hex');
      const key = { personId, idempotencyKey, requestHash };
      const before = await acts.underKey(tx, key);
      if (before !== undefined) return aboutNobody(accept(done(before, reason)));
      const known = { acts: await acts.all(tx, doing.feature), units, today: today(deps) };
      const decision = decide(doing, director.power, known);
      if (!decision.ok) return aboutNobody(decision);
      const { lifts } = decision.value;
      if (lifts.length > 0) {
        const proposal = await proposeReopening(event, director, { doing, lifts, reason, ...key });
        return aboutNobody(accept({ kind: 'proposed', proposal }));
      }
      const { power } = director;
      const by = { ...key, reasonId: (await keepText(event, reason))! };
      await acts.insert(tx, { ...doing, actId: deps.newId(), power, lifts, decisionId: null, by });
      await tellAll(tx, await toFeatureFacts(event));
      const made = await acts.underKey(tx, key);
      if (made === undefined) throw new AppError('CONFLICT', 'somebody else did it a moment ago');
      return aboutNobody(accept(done(made, reason)));
    },
  );
}

function done(
  { act, isSame }: { readonly act: acts.StoredAct; readonly isSame: boolean },
  reason: string,
): Directed {
  if (!isSame) throw new AppError('BAD_USER_INPUT', 'the key names something else');
  return { kind: 'done', act: { ...act, reason } };
}
