import { type Answer, about, aboutNobody, readsOf } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import type { Actor } from '@ranselpost/kit/pure/actor';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { type CertifyingActor, isFollowedBy, mayFollowUp } from '../domain/counting-policy.ts';
import {
  type FollowUp,
  type FollowUpKind,
  type FollowUpOutcome,
  type FollowUpRefusal,
  type FollowUpStep,
  type WantedStep,
  decideClosing,
  decideDone,
  decideStep,
  dueSteps,
} from '../domain/follow-up.ts';
import { decidesAt } from '../domain/leave-policy.ts';
import { areShownAt } from '../domain/policy.ts';
import * as followUps from '../store/follow-ups.ts';
import { type LoadedCountFacts, loadCountFacts } from './count-facts.ts';
import type { Deps } from './deps.ts';

/** A case with what of it is due today. */
export interface ShownFollowUp extends FollowUp {
  readonly due: readonly FollowUpStep[];
}
type Outcome = Result<ShownFollowUp, FollowUpRefusal>;

/** Opens a case of a pupil at its school (T15). Opened again it is the same. */
export const openFollowUp = (
  deps: Deps,
  actor: Actor,
  { childId, kind }: { readonly childId: string; readonly kind: FollowUpKind },
) =>
  deps.db.asActor(actor, async (tx): Promise<Answer<Outcome>> => {
    const facts = await loadCountFacts(tx, deps, actor, [childId]);
    const { personId, unitId } = mayFollowUp(actor, facts, childId);
    const reads = readsOf('ABSENCE', actor, facts, [{ childId, unitId }]);
    const feature = requireFeature(facts.standings, unitId);
    if (!feature.ok) return about<Outcome>(reads, feature);
    await followUps.lock(tx, childId);
    const opened = await followUps.open(tx, { id: deps.newId(), childId, unitId, kind }, personId);
    return about(reads, accept({ ...opened, due: dueSteps(opened, facts.today) }));
  });

/** Changes a case that somebody follows up, one at a time; answers it as it stands then. */
async function change(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  id: string | undefined,
  act: (
    found: FollowUp,
    by: CertifyingActor,
    facts: LoadedCountFacts,
  ) => Promise<Result<unknown, FollowUpRefusal>>,
): Promise<Answer<Outcome>> {
  const seen = id === undefined ? undefined : await followUps.byId(tx, id);
  if (seen === undefined) throw new AppError('NOT_FOUND');
  const facts = await loadCountFacts(tx, deps, actor, [seen.childId]);
  const by = mayFollowUp(actor, facts, seen.childId, seen.unitId);
  const reads = readsOf('ABSENCE', actor, facts, [seen]);
  const feature = requireFeature(facts.standings, seen.unitId);
  if (!feature.ok) return about<Outcome>(reads, feature);
  await followUps.lock(tx, seen.childId);
  const done = await act((await followUps.byId(tx, seen.id))!, by, facts);
  if (!done.ok) return about<Outcome>(reads, done);
  const now = (await followUps.byId(tx, seen.id))!;
  return about(reads, accept({ ...now, due: dueSteps(now, facts.today) }));
}

export interface StepToAdd extends WantedStep {
  readonly followUpId: string;
}

/** Adds something that is to be done by a day, and by whom. */
export const addFollowUpStep = (deps: Deps, actor: Actor, wanted: StepToAdd) =>
  deps.db.asActor(actor, (tx) =>
    change(tx, deps, actor, wanted.followUpId, async (found, { personId }, { today }) => {
      const decision = decideStep(found, wanted, today);
      if (!decision.ok || decision.value === 'known') return decision;
      if (!(await followUps.addStep(tx, found, wanted, personId)))
        throw new AppError('BAD_USER_INPUT', 'this id is a step of another case');
      return decision;
    }),
  );

/** Notes that a step has been done, and when. */
export const completeFollowUpStep = (
  deps: Deps,
  actor: Actor,
  done: { readonly stepId: string; readonly doneOn: LocalDate },
) =>
  deps.db.asActor(actor, async (tx) =>
    change(
      tx,
      deps,
      actor,
      await followUps.ofStep(tx, done.stepId),
      async (found, { personId }, { today }) => {
        const decision = decideDone(found, done, today);
        if (decision.ok && decision.value === 'done') await followUps.noteDone(tx, done, personId);
        return decision;
      },
    ),
  );

/** Closes a case, with what has come of it. */
export const closeFollowUp = (
  deps: Deps,
  actor: Actor,
  { followUpId, outcome }: { readonly followUpId: string; readonly outcome: FollowUpOutcome },
) =>
  deps.db.asActor(actor, (tx) =>
    change(tx, deps, actor, followUpId, async (found, { personId }) => {
      const decision = decideClosing(found, outcome);
      if (decision.ok && decision.value === 'closed')
        await followUps.close(tx, found.id, { outcome, closedBy: personId, at: deps.now() });
      return decision;
    }),
  );

export interface FollowUpsWanted {
  readonly unitId: string;
  readonly after: { readonly key: string; readonly id: string } | null;
  readonly first: number;
}

/** Open cases of a school, for its leader and for contact teachers those of their class; null for everybody else. */
export const readFollowUps = (deps: Deps, actor: Actor, wanted: FollowUpsWanted) =>
  deps.db.asActor(actor, async (tx): Promise<Answer<readonly ShownFollowUp[] | 'hidden' | null>> => {
    const { unitId } = wanted;
    const found = await followUps.openAt(tx, unitId, wanted);
    const facts = await loadCountFacts(tx, deps, actor, [...new Set(found.map(({ childId }) => childId))]);
    if (!decidesAt(actor, facts, unitId)) return aboutNobody(null);
    if (!areShownAt(await loadFeature(tx, 'ABSENCE', facts, [unitId]), [unitId]))
      return aboutNobody('hidden');
    const shown = found.filter((one) => isFollowedBy(actor, facts, one));
    return about(
      readsOf('ABSENCE', actor, facts, shown),
      shown.map((one) => ({ ...one, due: dueSteps(one, facts.today) })),
    );
  });
