import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import type { StoredClaim } from '../src/store/claims.ts';
import { assignClaim } from '../src/usecases/assign-claim.ts';
import { claimPriority } from '../src/usecases/claim-priority.ts';
import { aRound, draftFor, sent } from './applications.ts';
import { children, people, places } from './families.ts';
import type { World } from './world.ts';

/** Has a unit of a round rank by groups, as its statutes would have. */
export async function rankBy(
  { database: { admin } }: World,
  roundId: string,
  unitId: string,
  groups: readonly string[],
): Promise<void> {
  const id = newId();
  const priority = { mode: 'firstMatch', groups: ['law18', ...groups], then: ['age:oldest'] };
  await admin`
    insert into statute (id, unit_id, version, from_day, priority, notice_months, keep_waiting, show_rank, answer_days,
      silence_declines, convertible, max_seats, adopted_at, idempotency_key)
    values (${id}, ${unitId}, (select count(*) + 1 from statute where unit_id = ${unitId}), '2026-01-01', ${admin.json(priority)}, 1, true,
      false, 10, true, false, '{}', now(), ${id})`;
  await admin`update round_unit set statute_id = ${id} where round_id = ${roundId} and unit_id = ${unitId}`;
}

export interface Claimed {
  readonly roundId: string;
  readonly applicationId: string;
  /** That a sibling is there: any case worker decides. */
  readonly general: string;
  /** Priority by law: whoever is named decides. */
  readonly sensitive: string;
  /** Of a protected child. */
  readonly hidden: string;
}

/** The mother has applied for her child and claimed something of everything. */
export async function withClaims(world: World): Promise<Claimed> {
  const roundId = await aRound(world);
  await rankBy(world, roundId, places.solhaug, ['sibling', 'right']);
  const claim = async (applicationId: string, flag: string): Promise<string> =>
    (await claimed(world, people.mother, applicationId, flag)).id;
  const { id: applicationId } = await sent(world.deps, people.mother, draftFor(roundId));
  const ofHidden = draftFor(roundId, { childId: children.hidden, guardianIds: [] });
  const hidden = await sent(world.deps, people.mother, ofHidden);
  return {
    ...{ roundId, applicationId },
    general: await claim(applicationId, 'sibling'),
    sensitive: await claim(applicationId, 'law18'),
    hidden: await claim(hidden.id, 'law18'),
  };
}

/** Claims something; throws where that is refused. */
export async function claimed(
  { deps }: World,
  actor: Actor,
  applicationId: string,
  flag: string,
): Promise<StoredClaim> {
  const result = await claimPriority(deps, actor, { applicationId, flag, unitId: null });
  if (!result.ok) throw new Error(result.refusal.kind);
  return result.value;
}

/** Has another case worker name somebody for a claim. */
export const named = ({ deps }: World, claimId: string, { personId }: { readonly personId: string }) =>
  assignClaim(deps, people.secondCaseWorker, { claimId, personId });
