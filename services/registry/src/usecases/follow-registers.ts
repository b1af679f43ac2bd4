import { setTimeout as sleep } from 'node:timers/promises';
import { type FaultDetails, RegisterFault } from '@ranselpost/kit/outside/fault';
import { noHurry } from '../domain/event-priority.ts';
import * as feed from '../store/feed.ts';
import * as readings from '../store/readings.ts';
import type { DueReading, RegisterName } from '../store/readings.ts';
import type { ReadDeps } from './deps.ts';
import { dispatch } from './dispatch.ts';
import { followContacts } from './follow-contacts.ts';
import { examineEvents } from './examine-events.ts';
import { pollFeed } from './poll-feed.ts';
import { readContacts } from './read-contacts.ts';
import { readPersons } from './read-persons.ts';
import { readUnits } from './read-units.ts';
import { reconcile } from './reconcile.ts';
import { resumeFeed } from './resume-feed.ts';
import { rotateNumbers } from './rotate-numbers.ts';
import { startFeed } from './start-feed.ts';

export interface FollowRegistersOptions {
  readonly deps: ReadDeps;
  readonly pollIntervalMs: number;
  readonly contactPollIntervalMs: number;
  /** Calls back when somebody has become due. */
  readonly onDue: (awaken: () => void) => void;
}

const batchSize = 1_000;
const keptDays = 30;

/**
 * Everything that one replica at a time does with the registers, until the signal fires. Nobody is read before the feed's
 * place has been remembered; everything after that may be cut off anywhere and goes on from what is in the database.
 */
export async function followRegisters(options: FollowRegistersOptions, signal: AbortSignal): Promise<void> {
  const { deps } = options;
  await stubbornly(options, signal, 'start', () => startFeed(deps));
  await Promise.all([
    followFeed(options, signal),
    keepReading(options, signal, { register: 'freg', places: 3, read: readPersons }),
    keepReading(options, signal, { register: 'krr', places: 2, read: readContacts }),
    keepExamining(options, signal),
    keepFollowingContacts(options, signal),
    keepReadingUnits(options, signal),
    stubbornly(options, signal, 'rotate', () => rotateNumbers(deps, signal)),
  ]);
}

interface Lane {
  readonly register: RegisterName;
  readonly places: number;
  readonly read: (deps: ReadDeps, due: readonly DueReading[]) => Promise<void>;
}

const keepReading = (
  { deps, onDue }: FollowRegistersOptions,
  signal: AbortSignal,
  { register, places, read }: Lane,
): Promise<void> =>
  dispatch({
    operation: `read-${register}`,
    log: deps.log,
    signal,
    places,
    idOf: ({ personId }: DueReading) => personId,
    next: (except, isUrgentOnly) =>
      deps.db.asService((tx) =>
        readings.due(tx, {
          register,
          limit: batchSize,
          except,
          upTo: isUrgentOnly ? 2 : noHurry,
        }),
      ),
    work: (due) => read(deps, due),
    onWake: onDue,
  });

const keepExamining = ({ deps, onDue }: FollowRegistersOptions, signal: AbortSignal): Promise<void> =>
  dispatch({
    operation: 'examine-events',
    log: deps.log,
    signal,
    places: 1,
    idOf: ({ documentId }: feed.Unexamined) => documentId,
    next: (except) => deps.db.asService((tx) => feed.unexamined(tx, except, batchSize)),
    work: (events) => examineEvents(deps, events),
    onWake: onDue,
  });

/** Polls, one poll after another, each an interval after the one before began. */
async function followFeed(options: FollowRegistersOptions, signal: AbortSignal): Promise<void> {
  const { deps, pollIntervalMs } = options;
  let timesAhead = 0;
  let forgottenAt = 0;
  while (!signal.aborted) {
    const begunAt = Date.now();
    await stubbornly(options, signal, 'feed', async () => {
      const end = await pollFeed(deps, signal);
      timesAhead = end === 'ahead' ? timesAhead + 1 : 0;
      if (end === 'caught up') await reconcile(deps, new Date());
      // A replica of the register may lag for a moment; twice in a row it has gone back.
      if (timesAhead >= 2) await goBack(deps);
      if (Date.now() - forgottenAt < 3_600_000) return;
      await deps.db.asService((tx) => feed.forgetOld(tx, keptDays));
      forgottenAt = Date.now();
    });
    await sleep(Math.max(0, begunAt + pollIntervalMs - Date.now()), undefined, { signal }).catch(() => {});
  }
}

/** Looks at the contact register, one look after another, and never oftener than it wants. */
async function keepFollowingContacts(options: FollowRegistersOptions, signal: AbortSignal): Promise<void> {
  const { deps, contactPollIntervalMs } = options;
  while (!signal.aborted) {
    await stubbornly(options, signal, 'contacts', () => followContacts(deps, signal));
    await sleep(contactPollIntervalMs, undefined, { signal }).catch(() => {});
  }
}

/** Looks each minute, at most, whether it is time to look through the units. */
async function keepReadingUnits(options: FollowRegistersOptions, signal: AbortSignal): Promise<void> {
  const { deps } = options;
  while (!signal.aborted) {
    await stubbornly(options, signal, 'units', () => readUnits(deps, signal));
    await sleep(Math.min(60_000, deps.units.pollMs), undefined, { signal }).catch(() => {});
  }
}

/** The register has been restored to an earlier day: our pointer is ahead of it. */
async function goBack(deps: ReadDeps): Promise<void> {
  const newest = await deps.freg.newest();
  const { sequence } = await deps.db.asService(feed.pointer);
  if (sequence === null || newest >= sequence) return;
  await resumeFeed(deps, { reason: 'POINTER_AHEAD', pointer: sequence, newest });
}

/** Tries until it succeeds, waiting longer each time, but never longer than the poll interval. */
async function stubbornly(
  { deps, pollIntervalMs }: FollowRegistersOptions,
  signal: AbortSignal,
  operation: string,
  work: () => Promise<void>,
): Promise<void> {
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) return;
      const details: Partial<FaultDetails> = error instanceof RegisterFault ? error.details : { operation };
      const waitMs =
        details.retryInMs ?? Math.min(pollIntervalMs, 60_000, 500 * 2 ** Math.min(10, attempt - 1));
      deps.log.warn('the registers could not be followed', {
        ...details,
        attempt,
        retryInMs: Math.round(waitMs),
        error,
      });
      await sleep(waitMs, undefined, { signal }).catch(() => {});
    }
  }
}
