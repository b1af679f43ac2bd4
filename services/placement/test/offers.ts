import { newId } from '@ranselpost/kit/ids';
import type { Publication } from '../src/domain/publication.ts';
import { namesIn } from '../src/domain/publication.ts';
import { beginOffers } from '../src/usecases/begin-offers.ts';
import type { World } from './world.ts';

/** What statutes say of offers, where a test says nothing else. */
export const offerTerms = {
  ...{ noticeMonths: 0, keepWaiting: true, answerDays: 10, silenceDeclines: true },
};

export interface TownRound {
  readonly id: string;
  readonly admissionYear: number;
  readonly yearBegins: string;
  readonly unitIds: readonly string[];
  readonly runId: string;
}

/** A round that stands to be published, with statutes for each of its units. */
export async function aRound(
  { database: { admin } }: World,
  unitIds: readonly string[],
  {
    kind = 'MAIN',
    admissionYear = 2026,
    terms = offerTerms,
  }: { readonly kind?: string; readonly admissionYear?: number; readonly terms?: typeof offerTerms } = {},
): Promise<TownRound> {
  const [id, runId] = [newId(), newId()];
  await admin`
    insert into admission_round (id, kind, title, admission_year, state, deadline, wish_limit, year_begins, config, seed_commitment,
      planned_at, idempotency_key)
    values (${id}, ${kind}, 'A round', ${admissionYear}, 'ALLOCATED', '2026-03-01', 5, '08-15', '{}', ${'0'.repeat(64)}, now(), ${newId()})`;
  for (const unitId of unitIds) {
    const statuteId = newId();
    await admin`
      insert into statute (id, unit_id, version, from_day, priority, notice_months, keep_waiting, show_rank, answer_days,
        silence_declines, convertible, max_seats, adopted_at, idempotency_key)
      select ${statuteId}, ${unitId}, coalesce(max(version), 0) + 1, '2020-01-01', '{"mode":"firstMatch","groups":["law18"],"then":[]}',
        ${terms.noticeMonths}, ${terms.keepWaiting}, false, ${terms.answerDays}, ${terms.silenceDeclines}, false, '{}', now(), ${newId()}
      from statute where unit_id = ${unitId}`;
    await admin`insert into round_unit (round_id, unit_id, statute_id) values (${id}, ${unitId}, ${statuteId})`;
  }
  return { id, admissionYear, yearBegins: '08-15', unitIds, runId };
}

/** An application that was sent, and of which nothing is undecided. */
export async function anApplication(
  { database: { admin } }: World,
  round: TownRound,
  childId: string,
  { id = newId(), wantedStart = null }: { readonly id?: string; readonly wantedStart?: string | null } = {},
): Promise<string> {
  await admin`
    insert into placement_application (id, child_id, round_id, round_kind, state, wanted_start, submitted_at)
    select ${id}, ${childId}, id, kind, 'COMPLETE', ${wantedStart}, '2026-02-01T12:00:00Z' from admission_round where id = ${round.id}`;
  return id;
}

export interface Result {
  /** Seats by the name of the pool: `K/small`. */
  readonly pools: Readonly<Record<string, number>>;
  /** Applications by how a pool ranks them. */
  readonly ranking?: Readonly<Record<string, readonly string[]>>;
  readonly wishes?: Readonly<Record<string, readonly string[]>>;
  /** The pool that each gets, by how. */
  readonly offers?: Readonly<Record<string, string>>;
  readonly moves?: Readonly<Record<string, string>>;
  readonly stays?: Readonly<Record<string, string>>;
}

/** Publishes what a run would have given. */
export const publish = (
  { deps }: Pick<World, 'deps'>,
  round: TownRound,
  { pools, ranking = {}, wishes = {}, offers = {}, moves = {}, stays = {} }: Result,
): Promise<void> => {
  const granted = (given: Readonly<Record<string, string>>) =>
    Object.entries(given).map(([applicationId, pool]) => {
      const at = wishes[applicationId]?.indexOf(pool) ?? -1;
      return { applicationId, pool, wish: at === -1 ? null : at + 1 };
    });
  const publication: Publication = {
    pools: Object.entries(pools).map(([pool, seats]) => ({ pool, seats, ...namesIn(pool) })),
    ...{ offers: granted(offers), moves: granted(moves), stays: granted(stays) },
    without: Object.keys(wishes).filter((id) => !(id in offers) && !(id in moves) && !(id in stays)),
    lists: { ranking: new Map(Object.entries(ranking)), wishes: new Map(Object.entries(wishes)) },
  };
  return deps.db.asService((tx) => beginOffers(tx, deps, round, publication));
};
