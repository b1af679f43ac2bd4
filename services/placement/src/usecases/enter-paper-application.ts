import { type Answer, type ChildRead, about, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { accept, refuse } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { type WrittenApplication, decideSubmission } from '../domain/application.ts';
import { mayEnterFor } from '../domain/application-policy.ts';
import { areTooMany } from '../domain/wishes.ts';
import * as applications from '../store/applications.ts';
import {
  type LoadedFacts,
  type Outcome,
  decideFeatures,
  loadApplicationFacts,
  loadApplyingChild,
  loadRound,
  ofChildAndKind,
} from './application-facts.ts';
import type { Deps } from './deps.ts';
import { readOf } from './read-applications.ts';
import { tooMany } from './save-application.ts';
import { asItStands } from './submit-application.ts';
import { tellOthersAtHome } from './tell-application.ts';

export interface PaperApplication extends WrittenApplication {
  readonly childId: string;
  readonly roundId: string;
  /** Whom it names as responsible for the child. */
  readonly guardianIds: readonly string[];
  /** When it came in, which decides whether it came in time. */
  readonly receivedAt: Date;
  readonly idempotencyKey: string;
}

interface Entered {
  readonly outcome: Outcome;
  readonly isNew: boolean;
}

/** A case worker enters what came on paper, as it was written (P26). The same key again is the same application. */
export async function enterPaperApplication(
  deps: Deps,
  actor: Actor,
  paper: PaperApplication,
): Promise<Outcome> {
  const now = deps.now();
  if (areTooMany(paper.wishes)) return tooMany;
  return twice(() =>
    deps.db.decide(
      actor,
      async (tx): Promise<Entered> => {
        const facts = await loadApplicationFacts(tx, actor, [paper.childId], now);
        mayEnterFor(actor, facts, paper.childId);
        return enter(deps, tx, actor, facts, { ...paper, now });
      },
      async (tx, { outcome, isNew }): Promise<Answer<Outcome>> => {
        if (!outcome.ok) return aboutNobody(outcome);
        if (isNew) await tellOthersAtHome(tx, deps, outcome.value, null);
        return about(readOfEntered(outcome.value), outcome);
      },
    ),
  );
}

const readOfEntered = (application: applications.StoredApplication): readonly ChildRead[] =>
  readOf(application, { as: 'CASE_WORKER' });

async function enter(
  deps: Deps,
  tx: Tx,
  { personId }: StaffActor,
  facts: LoadedFacts,
  paper: PaperApplication & { readonly now: Date },
): Promise<Entered> {
  const { childId, roundId, wantedStart, receivedAt, now } = paper;
  await applications.lockChild(tx, childId);
  const known = await applications.enteredUnder(tx, childId, personId, paper.idempotencyKey);
  if (known !== null) return { outcome: accept(known), isNew: false };
  if (receivedAt > now) return { outcome: refuse({ kind: 'E_RECEIPT_AHEAD' }), isNew: false };
  const round = await loadRound(tx, roundId, { now: receivedAt, siblings: new Set() });
  const { kind } = round.round;
  const draft = { id: deps.newId(), childId, roundKind: kind, submittedAt: null, wishes: [], version: 1 };
  const stated = new Set(paper.guardianIds.filter(isId));
  const decision = decideSubmission({ ...draft, state: 'draft' }, paper, {
    ...round,
    child: await loadApplyingChild(tx, childId, round),
    guardians: { responsible: new Set(await applications.guardiansToState(tx, childId)), stated },
    ...{ hasNationalNumber: false, isEnteredByStaff: true },
    ofChild: await ofChildAndKind(tx, childId, kind),
  });
  if (!decision.ok) return { outcome: decision, isNew: false };
  const { version, wishes } = decision.value.application;
  const isOpen = await decideFeatures(tx, facts, wishes);
  if (!isOpen.ok) return { outcome: isOpen, isNew: false };
  const { id } = draft;
  await applications.insertPaper(tx, { id, childId, roundId, roundKind: kind, writtenBy: personId });
  await applications.insertReceipt(tx, {
    ...{ applicationId: id, childId, origin: 'PAPER', version, wishes, wantedStart },
    ...{ guardianIds: [...stated], idempotencyKey: paper.idempotencyKey },
    ...{ receivedAt: decision.value.receipt.receivedAt, receivedBy: personId },
  });
  const entered = await asItStands(tx, id);
  if (entered === undefined) throw new AppError('NOT_FOUND');
  return { outcome: accept(entered), isNew: true };
}
