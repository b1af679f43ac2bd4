import { about, readsOf } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import { mayReview } from '../domain/explain-policy.ts';
import { mayKnowGuardian } from '../domain/policy.ts';
import { loadAccessFacts } from '../store/access-facts.ts';
import * as explanations from '../store/explanations.ts';
import { type Deps, today } from './deps.ts';
import { type StaffAccessView, withName, withRecord } from './explain-access.ts';

export type { ReviewPlace, ReviewWanted } from '../store/explanations.ts';

export type ReviewedView =
  | { readonly kind: 'staff'; readonly access: StaffAccessView }
  | { readonly kind: 'guardian'; readonly access: explanations.GuardianAccessView };

/** A page of those who can see the children of each unit, staff first; null for a unit that the actor does not lead (D09). */
export async function reviewAccess(
  deps: Deps,
  actor: Actor,
  wanted: readonly explanations.ReviewWanted[],
): Promise<readonly (readonly ReviewedView[] | null)[]> {
  if (!isPerson(actor)) return wanted.map(() => null);
  return deps.db.asActor(actor, async (tx) => {
    const own = await loadAccessFacts(tx, actor, today(deps));
    const found: (readonly ReviewedView[] | null)[] = [];
    for (const one of wanted)
      found.push(mayReview(actor, own, one.unitId) ? await readPage(tx, one, own.today) : null);
    const childIds = found.flatMap((page) => page?.flatMap(childOf) ?? []);
    const facts = await loadAccessFacts(tx, actor, today(deps), { childIds: [...new Set(childIds)] });
    const shown = found.map(
      (page) =>
        page?.filter(
          (one) =>
            one.kind === 'staff' ||
            mayKnowGuardian(actor, facts, one.access.childId, {
              ...one.access.guardian,
              personId: one.access.guardian.id,
            }).isPermitted,
        ) ?? null,
    );
    const told = shown.flatMap((page, at) => {
      const { first, unitId } = wanted[at]!;
      return (page ?? [])
        .slice(0, first)
        .flatMap((one) => childOf(one).map((childId) => ({ childId, unitId })));
    });
    return about(
      readsOf('ACCESS', actor, facts, told),
      shown.map(
        (page) =>
          page?.map((one): ReviewedView =>
            one.kind === 'staff'
              ? { kind: 'staff', access: withName(one.access) }
              : { kind: 'guardian', access: withRecord('leader', actor, one.access) },
          ) ?? null,
      ),
    );
  });
}

const childOf = (one: ReviewedView): readonly string[] =>
  one.kind === 'guardian' ? [one.access.childId] : [];

async function readPage(
  tx: Tx,
  wanted: explanations.ReviewWanted,
  day: string,
): Promise<readonly ReviewedView[]> {
  const staff = await explanations.staffAt(tx, wanted);
  const guardians = await explanations.guardiansAt(tx, wanted, day);
  return [
    ...staff.map((access): ReviewedView => ({ kind: 'staff', access })),
    ...guardians.map((access): ReviewedView => ({ kind: 'guardian', access })),
  ].slice(0, wanted.first + 1);
}
