import { type Answer, about, aboutNobody, readsOf } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { schoolYearOf } from '../domain/calendar.ts';
import type { Leave, LeaveDecider, UsedLeave } from '../domain/leave.ts';
import { type ComplaintState, complaintStateOf } from '../domain/leave-complaint.ts';
import { decidesAs, decidesAt, mayReadCase, maySeeComplaint, maySeeLeave } from '../domain/leave-policy.ts';
import { type LeaveRules, daysOfSchoolYear, rulesOn } from '../domain/leave-regulation.ts';
import { areShownAt } from '../domain/policy.ts';
import * as complaints from '../store/leave-complaints.ts';
import * as leaves from '../store/leaves.ts';
import type { Deps } from './deps.ts';
import { type LoadedFacts, loadLeaveFacts } from './leave-facts.ts';

/** Leave as somebody may see it. */
export interface ShownLeave extends Omit<Leave, 'decider'> {
  /** Null for guardians: that it has become the leader's would tell whoever applied of an objection (LEA-07, ADR-11). */
  readonly decider: LeaveDecider | null;
  /** That whoever asks has objected to it. */
  readonly isObjectedByViewer: boolean;
  /** That guardians have complained about decisions on it, for guardians and the leader; first come first. */
  readonly complaints: readonly ShownComplaint[];
  /** What else was written about it; null for whoever does not decide on it (LEA-09). */
  readonly file: LeaveFile | null;
}

export interface ShownComplaint {
  readonly id: string;
  readonly state: ComplaintState;
  /** When it came, and whether too late: null for the other guardian, whom both would tell when its writer opened the letter (ADR-11). */
  readonly complainedAt: Date | null;
  readonly isLate: boolean | null;
  readonly isByViewer: boolean;
  /** What whoever complained has written, and the leader of it: for those two, null for everybody else. */
  readonly text: string | null;
  readonly note: string | null;
}

export interface LeaveFile {
  /** Why it was decided as it was; guardians read that in the letter. */
  readonly decisionReasons: string | null;
  readonly reason: string | null;
  readonly childView: string | null;
  readonly objections: readonly string[];
  readonly isObjectedTo: boolean;
}

/** A list as somebody may see it: null when there is none for them, `hidden` while the municipality shows it to nobody. */
export type ShownLeaves = readonly ShownLeave[] | 'hidden' | null;

/** Leave by id, as far as the actor may see it. */
export const readLeaves = (
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ShownLeave>> =>
  deps.db.asActor(actor, async (tx) => {
    const found = await leaves.byIds(tx, ids);
    const childIds = [...new Set(found.map(({ childId }) => childId))];
    const facts = await loadLeaveFacts(tx, actor, childIds, localDateAt(deps.now()));
    const shown = await show(tx, actor, facts, found);
    return about(readsOf('ABSENCE', actor, facts, shown), new Map(shown.map((one) => [one.id, one])));
  });

async function show(
  tx: Tx,
  actor: Actor,
  facts: LoadedFacts,
  found: readonly Leave[],
): Promise<readonly ShownLeave[]> {
  const features = await loadFeature(
    tx,
    'ABSENCE',
    facts,
    found.map(({ unitId }) => unitId),
  );
  const seen = found.filter(
    (leave) => maySeeLeave(actor, facts, leave) && areShownAt(features, [leave.unitId]),
  );
  const ids = seen.map(({ id }) => id);
  const texts = Map.groupBy(await leaves.texts(tx, ids), ({ leaveId }) => leaveId);
  const objections = Map.groupBy(await leaves.objectors(tx, ids), ({ leaveId }) => leaveId);
  const complained = Map.groupBy(await complaints.ofLeaves(tx, ids), ({ leaveId }) => leaveId);
  const personId = 'personId' in actor ? actor.personId : null;
  return seen.map((leave) => {
    const written = texts.get(leave.id) ?? [];
    const objected = objections.get(leave.id) ?? [];
    const isOwn = actor.kind === 'guardian' && leave.appliedBy === personId;
    const part = (name: leaves.TextPart): string | null =>
      written.findLast((text) => text.part === name)?.body ?? null;
    const isRead = mayReadCase(actor, facts, leave);
    const known = (complained.get(leave.id) ?? []).filter(({ complainedBy }) =>
      maySeeComplaint(actor, facts, leave, complainedBy),
    );
    const ofComplaints = known.map((one): ShownComplaint => {
      const isByViewer = actor.kind === 'guardian' && one.complainedBy === personId;
      const isOpen = isRead || isByViewer;
      const said = (name: leaves.TextPart): string | null =>
        isOpen
          ? (written.find((text) => text.part === name && text.complaintId === one.id)?.body ?? null)
          : null;
      return {
        ...{ id: one.id, state: complaintStateOf(one, { ...one, state: leave.state }), isByViewer },
        ...{ complainedAt: isOpen ? one.complainedAt : null, isLate: isOpen ? one.isLate : null },
        ...{ text: said('COMPLAINT'), note: said('NOTE') },
      };
    });
    return {
      ...leave,
      decider: actor.kind === 'guardian' ? null : leave.decider,
      complaints: ofComplaints,
      isObjectedByViewer: objected.some(({ objectedBy }) => objectedBy === personId),
      file:
        isRead || isOwn
          ? {
              ...{ reason: part('REASON'), childView: part('CHILD_VIEW') },
              decisionReasons: isRead ? part('DECISION') : null,
              objections: isRead
                ? written.filter((text) => text.part === 'OBJECTION').map(({ body }) => body)
                : [],
              isObjectedTo: isRead && objected.length > 0,
            }
          : null,
    };
  });
}

export interface ChildLeaveWanted extends leaves.LeaveListing {
  readonly childId: string;
}

/** A child's leave, latest first. */
export const readChildLeave = (deps: Deps, actor: Actor, wanted: ChildLeaveWanted): Promise<ShownLeaves> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<ShownLeaves>> => {
    const facts = await loadLeaveFacts(tx, actor, [wanted.childId], localDateAt(deps.now()));
    const places = facts.enrolments.filter(({ childId }) => childId === wanted.childId);
    if (!places.some((place) => maySeeLeave(actor, facts, place))) return aboutNobody(null);
    const features = await loadFeature(
      tx,
      'ABSENCE',
      facts,
      places.map(({ unitId }) => unitId),
    );
    const seenAt = places.filter((place) => maySeeLeave(actor, facts, place)).map(({ unitId }) => unitId);
    if (!areShownAt(features, seenAt)) return aboutNobody('hidden');
    const shown = await show(tx, actor, facts, await leaves.ofChild(tx, wanted.childId, wanted));
    const read = readsOf('ABSENCE', actor, facts, [{ childId: wanted.childId }]);
    return about(read, shown);
  });

/** How much leave a child has had in a school year, of how much there is. */
export interface LeaveQuota extends UsedLeave {
  readonly schoolYear: number;
  readonly rules: LeaveRules | null;
}

/** For guardians and for who decides; null for everybody else, and `hidden` while the municipality shows it to nobody. */
export const readLeaveQuota = (
  deps: Deps,
  actor: Actor,
  { childId, schoolYear: wanted }: { readonly childId: string; readonly schoolYear: number | null },
): Promise<LeaveQuota | 'hidden' | null> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<LeaveQuota | 'hidden' | null>> => {
    const facts = await loadLeaveFacts(tx, actor, [childId], localDateAt(deps.now()));
    const places = facts.enrolments.filter((place) => place.childId === childId);
    const seenAt = places.filter((place) => maySeeLeave(actor, facts, place)).map(({ unitId }) => unitId);
    if (seenAt.length === 0) return aboutNobody(null);
    if (!areShownAt(await loadFeature(tx, 'ABSENCE', facts, seenAt), seenAt)) return aboutNobody('hidden');
    const schoolYear = wanted ?? schoolYearOf(facts.today);
    const days = daysOfSchoolYear(schoolYear);
    const day = facts.today > days.from && facts.today < days.to ? facts.today : days.from;
    const used = await leaves.quota(tx, childId, days);
    if (used === null) return aboutNobody('hidden');
    const quota = { ...used, schoolYear, rules: rulesOn(deps.leaveRegulation, day) };
    return about(readsOf('ABSENCE', actor, facts, [{ childId }]), quota);
  });

export interface UnitLeaveWanted extends leaves.LeaveListing {
  readonly unitId: string;
}

/** What waits at a unit for a decision of whoever asks, longest first. */
export const readWaitingLeave = (deps: Deps, actor: Actor, wanted: UnitLeaveWanted): Promise<ShownLeaves> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<ShownLeaves>> => {
    const today = localDateAt(deps.now());
    const found = await leaves.waitingAt(tx, wanted.unitId, wanted);
    const facts = await loadLeaveFacts(tx, actor, [...new Set(found.map(({ childId }) => childId))], today);
    if (!decidesAt(actor, facts, wanted.unitId)) return aboutNobody(null);
    const features = await loadFeature(tx, 'ABSENCE', facts, [wanted.unitId]);
    if (!areShownAt(features, [wanted.unitId])) return aboutNobody('hidden');
    const own = found.filter((leave) => decidesAs(actor, facts, leave) !== null);
    const shown = await show(tx, actor, facts, own);
    return about(readsOf('ABSENCE', actor, facts, shown), shown);
  });
