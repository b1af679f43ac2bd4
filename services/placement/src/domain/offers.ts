import { type Ending, type EndingRefusal, type Offer, decideEnding } from './offer.ts';

/** Offers, places and waiting lists as they stand (placement § 8, § 9). Pools, children and offers are called by their names. */
export interface Standing {
  readonly seats: ReadonlyMap<string, number>;
  /** Children by how the pool ranks them, first to last. */
  readonly ranking: ReadonlyMap<string, readonly string[]>;
  /** Pools by how much the child wants them, most first. */
  readonly wishes: ReadonlyMap<string, readonly string[]>;
  readonly placed: ReadonlyMap<string, string>;
  /** In the order in which they were made. */
  readonly offers: readonly Offer[];
  /** The pools that each child still waits for. */
  readonly waiting: ReadonlyMap<string, ReadonlySet<string>>;
}

export type Command =
  | {
      readonly cmd: 'offer';
      readonly app: string;
      readonly pool: string;
      readonly deadline: number;
      readonly reason: string | null;
    }
  | (Ending & { readonly offer: string })
  | { readonly cmd: 'resign'; readonly app: string }
  | { readonly cmd: 'seats'; readonly pool: string; readonly n: number };

export type OfferRefusal =
  EndingRefusal | 'E_COMMITTED' | 'E_OPEN_OFFER' | 'E_NOT_WAITING' | 'E_FULL' | 'E_NOT_NEXT';

const isOpen = ({ state }: Offer): boolean => state === 'sent';

/** Seats that are taken, or that somebody may still take. */
export function committed({ placed, offers }: Standing, pool: string): number {
  const places = [...placed.values()].filter((one) => one === pool).length;
  return places + offers.filter((one) => one.pool === pool && isOpen(one)).length;
}

/** The first on a pool's list who waits for it and has no offer to answer, whether or not there is a seat. */
export function next({ ranking, waiting, offers }: Standing, pool: string): string | null {
  const answering = new Set(offers.filter(isOpen).map(({ application }) => application));
  const isNext = (child: string): boolean => waiting.get(child)?.has(pool) === true && !answering.has(child);
  return ranking.get(pool)?.find(isNext) ?? null;
}

/** What comes of a command: how all stands then, or why it is refused. */
export function decide(standing: Standing, command: Command): Standing | OfferRefusal {
  switch (command.cmd) {
    case 'offer':
      return decideOffer(standing, command);
    case 'resign': {
      const { app } = command;
      if (!standing.placed.has(app)) return 'E_STATE';
      return keepWaiting(unplace(standing, app), app, () => false);
    }
    case 'seats': {
      const { pool, n } = command;
      if (!standing.seats.has(pool)) return 'E_STATE';
      if (n < committed(standing, pool)) return 'E_COMMITTED';
      return { ...standing, seats: new Map(standing.seats).set(pool, n) };
    }
    case 'accept':
    case 'accept-keep':
    case 'decline':
    case 'expire':
    case 'withdraw': {
      const offer = standing.offers.find(({ id }) => id === command.offer);
      return offer === undefined ? 'E_STATE' : end(standing, offer, command);
    }
  }
}

type Given<Name extends Command['cmd']> = Extract<Command, { cmd: Name }>;

function decideOffer(
  standing: Standing,
  { app, pool, deadline, reason }: Given<'offer'>,
): Standing | OfferRefusal {
  const { offers, waiting, seats } = standing;
  if (offers.some((one) => one.application === app && isOpen(one))) return 'E_OPEN_OFFER';
  if (waiting.get(app)?.has(pool) !== true) return 'E_NOT_WAITING';
  if (committed(standing, pool) >= (seats.get(pool) ?? 0)) return 'E_FULL';
  if (reason === null && next(standing, pool) !== app) return 'E_NOT_NEXT';
  const offer: Offer = { id: `O${offers.length + 1}`, application: app, pool, deadline, state: 'sent' };
  return { ...standing, offers: [...offers, offer] };
}

function end(standing: Standing, offer: Offer, ending: Ending): Standing | OfferRefusal {
  const { application, pool } = offer;
  const decided = decideEnding(offer, ending, standing.wishes.get(application) ?? []);
  if (!decided.ok) return decided.refusal;
  const { state, isPlaced, stays } = decided.value;
  const offers = standing.offers.map((one) => (one === offer ? { ...one, state } : one));
  const ended = { ...standing, offers };
  return keepWaiting(isPlaced ? place(ended, application, pool) : ended, application, stays);
}

/** A child has one place: the seat that it had before is free from now on. */
const place = (standing: Standing, child: string, pool: string): Standing => ({
  ...standing,
  placed: new Map(standing.placed).set(child, pool),
});

const unplace = (standing: Standing, child: string): Standing => ({
  ...standing,
  placed: new Map([...standing.placed].filter(([one]) => one !== child)),
});

const keepWaiting = (standing: Standing, child: string, stays: (pool: string) => boolean): Standing => ({
  ...standing,
  waiting: new Map(standing.waiting).set(
    child,
    new Set([...(standing.waiting.get(child) ?? [])].filter((pool) => stays(pool))),
  ),
});
