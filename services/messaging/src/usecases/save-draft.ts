import { about } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import type { Actor, PersonActor } from '@ranselpost/kit/pure/actor';
import { isWithin } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { mayBroadcast } from '../domain/broadcast-policy.ts';
import {
  type Aim,
  type Draft,
  type DraftRefusal,
  type WantedDraft,
  decideDraft,
  unitsSpokenTo,
} from '../domain/draft.ts';
import { maySeeDraft } from '../domain/draft-policy.ts';
import { guardLevelAt } from '../domain/guarded.ts';
import { type MailFacts, mayAnswer, mayStartThread } from '../domain/policy.ts';
import { placesOf } from '../domain/place.ts';
import type { Message } from '../domain/thread.ts';
import * as audiences from '../store/audience.ts';
import * as drafts from '../store/drafts.ts';
import * as messages from '../store/messages.ts';
import type { Deps } from './deps.ts';
import { draftReads, loadDraftFacts } from './draft-posting.ts';
import { requirePlaces } from './require-places.ts';

type Answer = Extract<Aim, { readonly kind: 'ANSWER' }>;
/** What a draft is to be, as its author says: where an answered message is, it says itself. */
export type WantedAim = Exclude<Aim, Answer> | Omit<Answer, 'unitId' | 'childIds'>;

export interface KeyedDraft extends Omit<WantedDraft, 'aim'> {
  readonly aim: WantedAim;
  /** Null for a new one. */
  readonly draftId: string | null;
  /** The author's own key of a new draft: the same key again changes the draft that it made. */
  readonly idempotencyKey: string;
}

/** Keeps what somebody has begun to write. Judged before anything is stored: what is diverted is nowhere (MSG-10). */
export const saveDraft = (
  deps: Deps,
  actor: Actor,
  wanted: KeyedDraft,
): Promise<Result<Draft, DraftRefusal>> =>
  twice(() =>
    deps.db.asActor(actor, async (tx) => {
      const { facts, by, aim, standing } = await look(deps, tx, actor, wanted);
      const decision = decideDraft(
        { ...wanted, aim },
        {
          features: await loadFeature(tx, 'MESSAGING', facts, unitsSpokenTo(aim)),
          guardLevel: guardLevelAt(await audiences.kindsOf(tx, unitsSpokenTo(aim)), deps.guardLevels),
          areThere:
            aim.kind !== 'THREAD' || aim.childIds.every((childId) => isAt(facts, childId, aim.unitId)),
          waits: standing !== undefined && standing.sendAt !== null,
          others: standing === undefined ? await drafts.count(tx, by) : 0,
        },
      );
      if (!decision.ok) return about<Result<Draft, DraftRefusal>>(draftReads(actor, facts, []), decision);
      const { personId: authorId, kind: authorAs } = by;
      const draft = { ...decision.value, id: standing?.id ?? deps.newId(), authorId, authorAs };
      const kept = await (standing === undefined
        ? drafts.insert(tx, { ...draft, changedAt: deps.now() }, wanted.idempotencyKey)
        : drafts.change(tx, { ...draft, changedAt: deps.now() }));
      if (kept === undefined) throw new AppError('CONFLICT', 'a draft was kept or sent at the same time');
      return about<Result<Draft, DraftRefusal>>(draftReads(actor, facts, [kept]), accept(kept));
    }),
  );

const isAt = ({ enrolments, today }: MailFacts, childId: string, unitId: string): boolean =>
  enrolments.some(
    (place) => place.childId === childId && place.unitId === unitId && isWithin(today, place.from, place.to),
  );

interface Looked {
  readonly facts: Awaited<ReturnType<typeof loadDraftFacts>>;
  readonly by: PersonActor;
  readonly aim: Aim;
  /** The draft that is changed, held for this transaction. */
  readonly standing: Draft | undefined;
}

async function look(deps: Deps, tx: Tx, actor: Actor, wanted: KeyedDraft): Promise<Looked> {
  const [answered] = wanted.aim.kind === 'ANSWER' ? await messages.byIds(tx, [wanted.aim.answersId]) : [];
  const aim = aimOf(wanted.aim, answered);
  const named = wanted.draftId === null ? undefined : await drafts.take(tx, wanted.draftId);
  const facts = await loadDraftFacts(deps, tx, actor, [{ aim }, ...(named === undefined ? [] : [named])]);
  mayKeep(actor, facts, aim, answered);
  if (aim.kind === 'BROADCAST') await requirePlaces(tx, aim.places);
  if (wanted.draftId === null) {
    const standing = await drafts.underKey(tx, actor, wanted.idempotencyKey);
    return { facts, by: actor, aim, standing };
  }
  if (named === undefined || !maySeeDraft(actor, facts, named)) throw new AppError('NOT_FOUND');
  return { facts, by: actor, aim, standing: named };
}

function aimOf(aim: WantedAim, answered: Message | undefined): Aim {
  if (aim.kind === 'BROADCAST') return { ...aim, places: placesOf(aim.places) };
  if (aim.kind === 'THREAD') return aim;
  if (answered === undefined) throw new AppError('NOT_FOUND');
  return { ...aim, unitId: answered.unitId, childIds: answered.childIds };
}

/** Whoever could send it may begin it. */
function mayKeep(
  actor: Actor,
  facts: MailFacts,
  aim: Aim,
  answered: Message | undefined,
): asserts actor is PersonActor {
  if (aim.kind === 'ANSWER') mayAnswer(actor, facts, answered);
  else if (aim.kind === 'THREAD') mayStartThread(actor, facts, aim);
  else mayBroadcast(actor, facts, aim.places);
}
