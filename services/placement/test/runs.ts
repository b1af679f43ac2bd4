import { newId } from '@ranselpost/kit/ids';
import { commitmentOf } from '../src/domain/snapshot.ts';
import type { Deps } from '../src/usecases/deps.ts';
import { allocateRound } from '../src/usecases/allocate-round.ts';
import { overrideRound } from '../src/usecases/override-round.ts';
import { people, places } from './families.ts';
import { type World, today } from './world.ts';

export interface ChildGiven {
  readonly id?: string;
  readonly born: string;
  /** Units, most wanted first. */
  readonly wishes: readonly string[];
  readonly livesHere?: 'YES' | 'NO' | 'UNKNOWN';
  readonly claims?: readonly { readonly flag: string; readonly verdict: string; readonly unitId?: string }[];
}

export interface RoundOfChildren {
  readonly roundId: string;
  readonly seed: string;
  /** By the order in which the children were given. */
  readonly applications: readonly string[];
  readonly childIds: readonly string[];
}

export interface RoundOfChildrenGiven {
  readonly seats?: Readonly<Record<string, number>>;
  readonly children: readonly ChildGiven[];
  readonly state?: string;
  readonly showRank?: boolean;
  readonly config?: object;
}

/** A closed main round with two kindergartens, and with small children who have applied in time. */
export async function roundOf(
  { database: { admin } }: Pick<World, 'database'>,
  { seats = { [places.solhaug]: 1, [places.fjordbakken]: 1 }, children, ...more }: RoundOfChildrenGiven,
): Promise<RoundOfChildren> {
  const { state = 'CLOSED', showRank = false, config = {} } = more;
  const roundId = newId();
  const seed = `seed of ${newId()}`;
  await admin`
    insert into admission_round (id, kind, title, admission_year, deadline, wish_limit, year_begins, config, seed_commitment, planned_at,
      idempotency_key, state)
    values (${roundId}, 'MAIN', 'Hovedopptak', 2027, '2027-03-01', 5, '08-01', ${admin.json({ markets: ['small'], ...config })},
      ${commitmentOf(seed)}, now(), ${roundId}, 'OPEN')`;
  await admin`insert into round_seed (round_id, seed, drawn_at) values (${roundId}, ${seed}, now())`;
  for (const [unitId, count] of Object.entries(seats)) {
    const statuteId = newId();
    await admin`
      insert into statute (id, unit_id, version, from_day, priority, notice_months, keep_waiting, show_rank, answer_days, silence_declines,
        convertible, max_seats, adopted_at, idempotency_key)
      values (${statuteId}, ${unitId}, (select coalesce(max(version), 0) + 1 from statute where unit_id = ${unitId}), ${today},
        ${admin.json({ mode: 'firstMatch', groups: ['law18', 'sibling', 'right'], then: ['age:oldest'] })}, 1, true, ${showRank}, 10, true,
        false, '{}', now(), ${newId()})`;
    await admin`insert into round_unit (round_id, unit_id, statute_id) values (${roundId}, ${unitId}, ${statuteId})`;
    await admin`
      insert into seat_decision (id, round_id, unit_id, age_group, seats, occupied, reserved, area, adults, decided_at, idempotency_key)
      values (${newId()}, ${roundId}, ${unitId}, 'SMALL', ${count}, 0, '[]', 60, 3, now(), ${newId()})`;
  }
  const applications: string[] = [];
  const childIds: string[] = [];
  for (const { id: childId = newId(), born, wishes, livesHere = 'YES', claims = [] } of children) {
    const id = newId();
    applications.push(id);
    childIds.push(childId);
    await admin`
      insert into child_facts (child_id, born_on, lives_here, is_protected, revision) values (${childId}, ${born}, ${livesHere}, false, 1)
      on conflict (child_id) do update set born_on = excluded.born_on, lives_here = excluded.lives_here`;
    await admin`
      insert into placement_application (id, child_id, round_id, round_kind, state, submitted_at)
      values (${id}, ${childId}, ${roundId}, 'MAIN', 'SUBMITTED', '2027-02-01T10:00:00Z')`;
    for (const [at, unitId] of wishes.entries())
      await admin`
        insert into wish (application_id, child_id, round_id, rank, unit_id) values (${id}, ${childId}, ${roundId}, ${at + 1}, ${unitId})`;
    for (const { flag, verdict, unitId = null } of claims)
      await admin`
        insert into claim (id, application_id, child_id, round_id, unit_id, flag, verdict)
        values (${newId()}, ${id}, ${childId}, ${roundId}, ${unitId}, ${flag}, ${verdict})`;
  }
  await admin`update admission_round set state = ${state} where id = ${roundId}`;
  return { roundId, seed, applications, childIds };
}

/** Takes away all that rounds were made of, so that tests do not stand in each other's way. */
export async function withoutRounds({ database: { admin } }: World): Promise<void> {
  await admin`truncate admission_round cascade`;
}

/** Two who want the same: the older one gets it. */
export const twoChildren: readonly ChildGiven[] = [
  { born: '2025-02-01', wishes: [places.solhaug, places.fjordbakken] },
  { born: '2025-06-01', wishes: [places.solhaug, places.fjordbakken] },
];

/** A round of them that a case worker has allocated. */
export async function allocatedRound(deps: Deps, world: World): Promise<string> {
  const { roundId } = await roundOf(world, { children: twoChildren });
  const result = await allocateRound(deps, people.caseWorker, { roundId, idempotencyKey: newId() });
  if (!result.ok) throw new Error(result.refusal.kind);
  return roundId;
}

/** That the second child comes to Solhaug, as a case worker has decided. */
export async function overrideOf(
  { deps }: World,
  { roundId, applications }: RoundOfChildren,
): Promise<string> {
  const result = await overrideRound(deps, people.caseWorker, {
    ...{ roundId, reason: 'Vedtak', idempotencyKey: newId() },
    override: { kind: 'PIN', applicationId: applications[1]!, unitId: places.solhaug },
  });
  if (!result.ok) throw new Error(result.refusal.kind);
  return result.value.override.id;
}
