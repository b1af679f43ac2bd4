import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor, GuardianActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { accept, refuse } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { type WrittenApplication, decideDraft } from '../domain/application.ts';
import { mayApplyFor } from '../domain/application-policy.ts';
import { areTooMany, mostWishes } from '../domain/wishes.ts';
import * as applications from '../store/applications.ts';
import {
  type LoadedFacts,
  type Outcome,
  decideFeatures,
  loadApplicationFacts,
  loadRound,
  ofChildAndKind,
  siblingsNamed,
} from './application-facts.ts';
import type { Deps } from './deps.ts';

export interface WrittenDraft extends WrittenApplication {
  readonly childId: string;
  readonly roundId: string;
  /** Whom it names as responsible for the child, besides whoever writes. */
  readonly guardianIds: readonly string[];
  /** The version that was read; null where it does not matter what is written over. */
  readonly version: number | null;
}

/**
 * Keeps what a guardian has written so far of an application to a round, one draft for each of them. It is no application yet, and the other
 * guardian sees nothing of it (BHG-05, GUA-22).
 */
export async function saveApplication(deps: Deps, actor: Actor, written: WrittenDraft): Promise<Outcome> {
  const now = deps.now();
  if (areTooMany(written.wishes)) return tooMany;
  return twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<Outcome>> => {
      const facts = await loadApplicationFacts(tx, actor, [written.childId], now);
      mayApplyFor(actor, facts, written.childId);
      return aboutNobody(await save(deps, tx, actor, facts, { ...written, now }));
    }),
  );
}

/** What is longer than any round takes is refused before anything is looked up: it is the same for whichever child (S-06). */
export const tooMany: Outcome = refuse({
  ...{ kind: 'E_WISHES', problems: [{ kind: 'E_TOO_MANY_WISHES', limit: mostWishes }] },
});

async function save(
  deps: Deps,
  tx: Tx,
  actor: GuardianActor,
  facts: LoadedFacts,
  written: WrittenDraft & { readonly now: Date },
): Promise<Outcome> {
  const { childId, roundId, wishes, version, now } = written;
  await applications.lockChild(tx, childId);
  const known = await loadRound(tx, roundId, {
    now,
    siblings: await siblingsNamed(tx, actor, childId, wishes, now),
  });
  const kind = known.round.kind;
  const before = (await ofChildAndKind(tx, childId, kind)).find(
    (one) => one.roundId === roundId && one.state === 'draft' && one.writtenBy === actor.personId,
  );
  const decision = decideDraft(before ?? { state: 'draft', version: 0 }, written, { ...known, version });
  if (!decision.ok) return decision;
  const isOpen = await decideFeatures(tx, facts, decision.value);
  if (!isOpen.ok) return isOpen;
  const guardianIds = await statedOf(tx, childId, [...written.guardianIds, actor.personId]);
  if (guardianIds === null) return refuse({ kind: 'E_GUARDIANS' });
  const id = before?.id ?? deps.newUntimedId();
  if (before === undefined) {
    const begun = await applications.insertDraft(tx, {
      ...{ id, childId, roundId, roundKind: kind, writtenBy: actor.personId },
    });
    if (!begun) throw new AppError('CONFLICT', 'the same draft was begun at the same time');
  }
  await applications.writeDraft(tx, id, {
    ...{ wantedStart: written.wantedStart, wishes: decision.value, guardianIds },
  });
  const [saved] = await applications.byIds(tx, [id]);
  return accept(saved!);
}

/**
 * Whom a draft names, each once; null where one of them is not responsible for the child. Of a protected family it is whoever writes and nobody
 * else, whomever they name: what is answered would tell of the other (ADR-11).
 */
async function statedOf(
  tx: Tx,
  childId: string,
  named: readonly string[],
): Promise<readonly string[] | null> {
  const responsible = await applications.guardiansToState(tx, childId);
  const stated = [...new Set(named)];
  if ((await applications.keptApart(tx, [childId])).length > 0)
    return stated.filter((one) => responsible.includes(one));
  return stated.every((one) => isId(one) && responsible.includes(one)) ? stated : null;
}
