import type { Tx } from '@ranselpost/kit/database';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import { withUpheld } from '../domain/appeal.ts';
import { standingBy } from '../domain/application.ts';
import type { DecidedAdmission } from '../domain/decided.ts';
import { replyDeadline } from '../domain/offer.ts';
import { seatFor, wantedFrom } from '../domain/offer-start.ts';
import type { Granted, Publication } from '../domain/publication.ts';
import * as appeals from '../store/appeals.ts';
import * as letters from '../store/decision-letters.ts';
import { lockAll } from '../store/offer-locks.ts';
import * as offerTerms from '../store/offer-terms.ts';
import type { OfferedApplication, OfferTerms } from '../store/offer-terms.ts';
import * as offers from '../store/offers.ts';
import * as places from '../store/places.ts';
import type { StoredPlace } from '../store/places.ts';
import * as pools from '../store/pools.ts';
import type { FreeSeat, Pool } from '../store/pools.ts';
import * as waiting from '../store/waiting.ts';
import type { Deps } from './deps.ts';

/** A round as it is published. */
export interface PublishedRound {
  readonly id: string;
  readonly admissionYear: number;
  readonly yearBegins: string;
  readonly unitIds: readonly string[];
  /** The run whose result it is. */
  readonly runId: string;
}

type BeginDeps = Pick<Deps, 'newId' | 'now'>;

/** What there is to know of a round when its result is carried out. */
interface Known {
  readonly round: PublishedRound;
  readonly now: Date;
  readonly pools: ReadonlyMap<string, Pool>;
  readonly applications: ReadonlyMap<string, OfferedApplication>;
  readonly terms: ReadonlyMap<string, OfferTerms>;
  /** The places that children have who take part, and that count in the round's seats. */
  readonly current: ReadonlyMap<string, StoredPlace>;
}

/**
 * As the service, in the transaction that publishes a round: makes pools with their seats, has children keep or change the place that they
 * have (BHG-13), offers seats with the time to answer that statutes give (BHG-12), and begins the waiting lists. All of it or nothing
 * (placement § 8). Of two who publish at once the second waits; nobody answers meanwhile.
 */
export async function beginOffers(
  tx: Tx,
  deps: BeginDeps,
  round: PublishedRound,
  publication: Publication,
): Promise<void> {
  await lockAll(tx);
  const known = await load(tx, deps, round, publication);
  const free = await arrangeSeats(tx, known, publication);
  const moved = await move(tx, deps, known, publication.moves, free);
  const offered = await offer(tx, deps, known, publication.offers, free);
  const waits = await beginLists(tx, known, publication);
  const all = [...known.applications.keys()];
  // Whoever wished for the place that they have, and for nothing that they wait for, has what they wished for.
  const content = publication.stays.filter(
    ({ applicationId, wish }) => wish !== null && !waits.has(applicationId),
  );
  const [hasPlace, hasOffer] = [
    new Set([...moved, ...content].map(({ applicationId }) => applicationId)),
    new Set(offered.map(({ applicationId }) => applicationId)),
  ];
  await offerTerms.setStates(
    tx,
    all.map((id) => ({
      id,
      state: standingBy({ hasPlace: hasPlace.has(id), hasOffer: hasOffer.has(id), waits: waits.has(id) }),
    })),
  );
  await letters.insertAll(tx, decidedIn(deps, known, { moved, offered, stays: publication.stays }));
}

/** What each family is told, by a letter that is written a moment later: publishing thousands waits for none of them (BHG-15). */
function decidedIn(
  deps: BeginDeps,
  { applications, now, pools: opened }: Known,
  {
    moved,
    offered,
    stays,
  }: {
    readonly moved: readonly Moved[];
    readonly offered: readonly offers.NewOffer[];
    readonly stays: Publication['stays'];
  },
): readonly letters.NewLetter[] {
  const care = [...opened.values()][0]?.care ?? 'KINDERGARTEN';
  type Outcome = DecidedAdmission['outcome'];
  const got = new Map<string, { readonly unitId: string; readonly outcome: Outcome }>([
    ...moved.map(({ applicationId, unitId, wish, from: startsOn }) => {
      const outcome: Outcome = { kind: 'PLACE', wish, startsOn, answerBy: null };
      return [applicationId, { unitId, outcome }] as const;
    }),
    ...offered.map(({ applicationId, unitId, wish, startsOn, deadline }) => {
      const outcome: Outcome = { kind: 'PLACE', wish, startsOn, answerBy: localDateAt(deadline) };
      return [applicationId, { unitId, outcome }] as const;
    }),
  ]);
  const keeps = new Set(stays.map(({ applicationId }) => applicationId));
  return [...applications.values()].map(({ id: applicationId, childId }) => {
    const { unitId = null, outcome = { kind: keeps.has(applicationId) ? 'KEEPS_PLACE' : 'NO_PLACE' } } =
      got.get(applicationId) ?? {};
    return {
      ...{ id: deps.newId(), childId, subjectId: applicationId, applicationId, unitId, onlyFor: null },
      ...{ decidedAt: now, content: { kind: 'ADMISSION', care, outcome } },
    };
  });
}

async function load(
  tx: Tx,
  deps: BeginDeps,
  round: PublishedRound,
  publication: Publication,
): Promise<Known> {
  const { moves, offers: offered, stays, without, lists } = publication;
  const named = [...moves, ...offered, ...stays].map(({ applicationId }) => applicationId);
  const ids = [...new Set([...named, ...without, ...lists.wishes.keys()])];
  const applications = new Map((await offerTerms.applications(tx, ids)).map((one) => [one.id, one]));
  const opened = await pools.open(
    tx,
    round.admissionYear,
    publication.pools.map(({ pool: name, unitId, group, reserve }) => ({
      ...{ id: deps.newId(), name, unitId, reserve, ageGroup: toPoolGroup(group) },
    })),
  );
  const now = deps.now();
  const begins = wantedFrom(null, { ...round, today: localDateAt(now) });
  const children = [...moves, ...stays].map(({ applicationId }) => applications.get(applicationId)!.childId);
  const care = [...opened.values()][0]?.care ?? 'KINDERGARTEN';
  const had = (await places.notOver(tx, children, care, begins)).filter(
    ({ unitId, isHeld }) => isHeld && round.unitIds.includes(unitId),
  );
  return {
    ...{ round, now, applications, pools: opened, terms: await offerTerms.ofRound(tx, round.id) },
    current: new Map(had.map((place) => [place.childId, place])),
  };
}

const toPoolGroup = (group: string): Pool['ageGroup'] => {
  const name = group.toUpperCase();
  if (name === 'SMALL' || name === 'LARGE' || name === 'SFO') return name;
  throw new Error(`no seats are kept for the age group ${group}`);
};

/**
 * Seats as the round has them: those that it fills, among them the seats of children who have a place at a unit of the round and take part, and
 * besides them those that others hold. Whoever stays is seated in the pool of this year, and takes the seat along; of a child that was here before
 * there were any pools the seat is none of theirs, and nobody else's.
 */
async function arrangeSeats(
  tx: Tx,
  known: Known,
  { pools: published, stays, moves }: Publication,
): Promise<Map<string, FreeSeat[]>> {
  const placeOf = ({ applicationId }: Granted): StoredPlace | undefined =>
    known.current.get(known.applications.get(applicationId)!.childId);
  const staying = stays.flatMap((one) => {
    const place = placeOf(one);
    return place === undefined ? [] : [{ place, pool: known.pools.get(one.pool)! }];
  });
  const leaving = moves.flatMap((one) => placeOf(one) ?? []);
  const counted = [...staying.map(({ place }) => place), ...leaving];
  await pools.letGoOfPlaces(
    tx,
    counted.map(({ id }) => id),
  );
  const ours = new Set([...known.pools.values()].map(({ id }) => id));
  await pools.dropSeats(
    tx,
    counted.filter(({ poolId }) => !ours.has(poolId)),
  );

  const ids = [...ours];
  const before = await pools.seatsOf(tx, ids);
  const stayingAt = Map.groupBy(staying, ({ pool }) => pool.id);
  const arriving = (poolId: string) =>
    (stayingAt.get(poolId) ?? []).flatMap(({ place }) => (place.poolId === poolId ? [] : [place]));
  const seatless = Map.groupBy(
    stays.filter((one) => placeOf(one) === undefined),
    ({ pool }) => pool,
  );
  const wanted = published.map(({ pool: name, seats: filled }) => {
    const { id: poolId } = known.pools.get(name)!;
    const seats = filled - (seatless.get(name)?.length ?? 0);
    return { poolId, seats: before.get(poolId)!.held + seats };
  });
  const kept = staying.flatMap(({ place, pool }) => (place.poolId === pool.id ? [place] : []));
  await pools.hold(
    tx,
    kept.map(({ id: placeId, poolId, seatNumber, childId }) => ({ placeId, poolId, seatNumber, childId })),
  );
  // Whoever comes along takes a seat that was never anybody's, as their place has begun long ago: those are added last.
  await pools.setSeats(
    tx,
    wanted.map(({ poolId, seats }) => ({ poolId, seats: seats - arriving(poolId).length })),
  );
  const without = await pools.seatsOf(tx, ids);
  await pools.setSeats(tx, wanted);
  const all = await pools.seatsOf(tx, ids);
  const seated = ids.flatMap((poolId) => {
    const had = new Set(without.get(poolId)!.free.map(({ number }) => number));
    const fresh = all.get(poolId)!.free.filter(({ number }) => !had.has(number));
    return arriving(poolId).map(({ id, childId }, nth) => ({
      id,
      childId,
      poolId,
      seatNumber: fresh[nth]!.number,
    }));
  });
  await places.reseat(tx, seated);
  await pools.hold(
    tx,
    seated.map(({ id: placeId, poolId, seatNumber, childId }) => ({ placeId, poolId, seatNumber, childId })),
  );
  return new Map([...known.pools].map(([name, { id }]) => [name, [...without.get(id)!.free]]));
}

/** Takes the seat that a child gets out of those that are free; the engine has given no more than there are. */
function take(
  known: Known,
  free: Map<string, FreeSeat[]>,
  { pool: name, applicationId }: Granted,
): {
  readonly pool: Pool;
  readonly application: OfferedApplication;
  readonly seatNumber: number;
  readonly startsOn: LocalDate;
} {
  const application = known.applications.get(applicationId)!;
  const { round, now } = known;
  const seats = free.get(name) ?? [];
  const found = seatFor(seats, wantedFrom(application.wantedStart, { ...round, today: localDateAt(now) }));
  if (found === null) throw new Error(`a round gives more seats of ${name} than there are`);
  seats.splice(seats.indexOf(found.seat), 1);
  return {
    pool: known.pools.get(name)!,
    application,
    seatNumber: found.seat.number,
    startsOn: found.startsOn,
  };
}

interface Moved {
  readonly applicationId: string;
  readonly unitId: string;
  readonly wish: number | null;
  readonly from: LocalDate;
}

/** Whoever asked for another place has it: the old one ends when it begins. Answers what they got. */
async function move(
  tx: Tx,
  deps: BeginDeps,
  known: Known,
  moves: Publication['moves'],
  free: Map<string, FreeSeat[]>,
): Promise<readonly Moved[]> {
  const taken = moves.map((granted) => {
    const { pool, application, seatNumber, startsOn } = take(known, free, granted);
    return {
      ...{
        id: deps.newId(),
        childId: application.childId,
        care: pool.care,
        poolId: pool.id,
        unitId: pool.unitId,
      },
      ...{
        seatNumber,
        applicationId: application.id,
        offerId: null,
        from: startsOn,
        to: null,
        weeklyHours: null,
        madeAt: known.now,
      },
      source: granted.wish === null ? ('OVERRIDE' as const) : ('TRANSFER' as const),
      wish: granted.wish,
    };
  });
  await endBefore(tx, taken, known.now);
  await places.insert(tx, taken);
  await pools.hold(
    tx,
    taken.map(({ id: placeId, poolId, seatNumber, childId }) => ({ placeId, poolId, seatNumber, childId })),
  );
  return taken;
}

/** A child's places end on the day that the next one begins, and what was to begin later never does (BHG-13). */
export async function endBefore(
  tx: Tx,
  taken: readonly Pick<StoredPlace, 'childId' | 'care' | 'from'>[],
  at: Date,
): Promise<void> {
  const [first] = taken.toSorted((one, other) => (one.from < other.from ? -1 : 1));
  if (first === undefined) return;
  const begins = new Map(taken.map(({ childId, from }) => [childId, from]));
  const had = (await places.notOver(tx, [...begins.keys()], first.care, first.from)).flatMap((one) => {
    const from = begins.get(one.childId)!;
    return one.to !== null && one.to <= from ? [] : [{ id: one.id, to: one.from < from ? from : one.from }];
  });
  await pools.letGoOfPlaces(
    tx,
    had.map(({ id }) => id),
  );
  await places.end(tx, had, at);
}

async function offer(
  tx: Tx,
  deps: BeginDeps,
  known: Known,
  granted: Publication['offers'],
  free: Map<string, FreeSeat[]>,
): Promise<readonly offers.NewOffer[]> {
  const { now, round } = known;
  const made = granted.map((one): offers.NewOffer => {
    const { pool, application, seatNumber, startsOn } = take(known, free, one);
    const terms = known.terms.get(pool.unitId)!;
    return {
      ...{ id: deps.newId(), applicationId: application.id, childId: application.childId, poolId: pool.id },
      ...{ unitId: pool.unitId, care: pool.care, seatNumber, runId: round.runId, wish: one.wish, startsOn },
      ...{ madeBy: null, madeAt: now, reason: null, keepsWaiting: terms.keepWaiting },
      ...{
        silenceDeclines: terms.silenceDeclines,
        weeklyHours: null,
        deadline: replyDeadline(now, [{ kind: 'DIGITAL' }], terms.answerDays),
      },
    };
  });
  await offers.insert(tx, made);
  await pools.hold(
    tx,
    made.map(({ id: offerId, poolId, seatNumber, childId }) => ({ offerId, poolId, seatNumber, childId })),
  );
  return made;
}

/**
 * Who comes first by law, and right behind whose appeal was upheld, stand ahead of all others on a list, whichever round they came with; among themselves
 * everybody stands as before, those of a later round behind those of an earlier one (placement § 1, BHG-18, BHG-19).
 */
export async function rankAhead(
  tx: Tx,
  { poolId, unitId }: { readonly poolId: string; readonly unitId: string },
): Promise<void> {
  const listed = (await waiting.ofPool(tx, poolId)).map((one) => one.applicationId);
  const { byLaw, upheld } = await appeals.aheadAt(tx, unitId, listed);
  const ranking = withUpheld(listed, {
    hasLaw18: (one) => byLaw.has(one),
    isUpheld: (one) => upheld.has(one),
  });
  await waiting.rank(tx, poolId, ranking);
}

/** Everybody waits for all that they wish for; whoever has moved, for what they wish more, where the statutes let them. */
async function beginLists(tx: Tx, known: Known, { lists, moves }: Publication): Promise<ReadonlySet<string>> {
  const got = new Map(moves.map((one) => [one.applicationId, one]));
  const positions = new Map(
    [...lists.ranking].map(([pool, ranked]) => [pool, new Map(ranked.map((id, at) => [id, at + 1]))]),
  );
  const entries = [...lists.wishes].flatMap(([applicationId, wished]) => {
    const { childId } = known.applications.get(applicationId)!;
    const mine = got.get(applicationId);
    const keeps = mine !== undefined && known.terms.get(known.pools.get(mine.pool)!.unitId)!.keepWaiting;
    const higher = keeps ? wished.slice(0, Math.max(0, wished.indexOf(mine.pool))) : [];
    return wished.flatMap((name, at): readonly waiting.NewEntry[] => {
      const position = positions.get(name)?.get(applicationId);
      if (position === undefined) return [];
      const { id: poolId, unitId, care } = known.pools.get(name)!;
      const isActive = mine === undefined || higher.includes(name);
      const endedBecause = isActive ? null : 'PLACED';
      return [
        { applicationId, childId, poolId, unitId, care, wishOrder: at + 1, isActive, endedBecause, position },
      ];
    });
  });
  const longer = await waiting.insert(tx, entries);
  for (const { poolId, unitId } of longer) await rankAhead(tx, { poolId, unitId });
  return new Set(entries.flatMap(({ applicationId, isActive }) => (isActive ? [applicationId] : [])));
}
