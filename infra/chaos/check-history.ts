import type { Happening } from './history.ts';

export interface Bounds {
  /** The longest that a copy may answer from what it heard last (`ACCESS_MAX_STALENESS`), with what an answer takes. */
  readonly staleMs: number;
  /** The longest that anybody waits for an answer, of any kind (S-28). */
  readonly answerMs: number;
}

/** What may be said while something is away. Anything else misleads (S-26). */
const honest: readonly string[] = ['UNAVAILABLE', 'away'];

type Of<Kind extends Happening['kind']> = Extract<Happening, { readonly kind: Kind }>;
const of = <Kind extends Happening['kind']>(history: readonly Happening[], kind: Kind): readonly Of<Kind>[] =>
  history.filter((one): one is Of<Kind> => one.kind === kind);

/** Goes through a history and says what in it must never be, each with the invariant that it breaks. */
export function checkHistory(history: readonly Happening[], bounds: Bounds): readonly string[] {
  return [
    ...checkReports(history),
    ...checkQuestions(history),
    ...checkLists(history),
    ...checkSights(history, bounds),
    ...checkStops(history, bounds),
    ...checkLog(history),
    ...checkAnswers(history, bounds),
    ...of(history, 'check').flatMap(({ what, holds }) => (holds ? [] : [what])),
  ];
}

/** A receipt is committed, a slot has one absence, and nothing is there that nobody asked for. */
function checkReports(history: readonly Happening[]): readonly string[] {
  const found = of(history, 'absences').flatMap((look) => look.found);
  const bySlot = Map.groupBy(found, ({ slot }) => slot);
  const receipts = of(history, 'report').flatMap((one) =>
    one.got === 'receipt' || one.got === 'known' ? [one] : [],
  );
  return [
    ...receipts.flatMap(({ id, slot }) => {
      const there = bySlot.get(slot) ?? [];
      if (there.length === 0) return [`S-20: the receipt ${id} of ${slot} is lost`];
      return there.some((one) => one.id === id)
        ? []
        : [`S-22: ${slot} was ${id} to its reporter, and is ${there[0]!.id}`];
    }),
    ...[...bySlot].flatMap(([slot, { length }]) =>
      length > 1 ? [`S-22: ${slot} is there ${length} times`] : [],
    ),
  ];
}

function checkQuestions(history: readonly Happening[]): readonly string[] {
  const found = of(history, 'questions').flatMap((look) => look.found);
  return of(history, 'question').flatMap((one) => {
    if (one.got !== 'receipt') return [];
    const times = found.filter((id) => id === one.id).length;
    return times === 1 ? [] : [`S-20: the question ${one.id} is there ${times} times`];
  });
}

/** Newest first, so that a page holds the last of them. */
const surelyOnAPage = 60;

/** A list that is answered has every receipt that was there before it was asked for (S-26). */
function checkLists(history: readonly Happening[]): readonly string[] {
  const receipts = Map.groupBy(
    of(history, 'report').flatMap((one) => (one.got === 'receipt' ? [one] : [])),
    ({ child }) => child,
  );
  return of(history, 'list').flatMap((one) => {
    if (one.got !== 'answer') return [];
    const known = (receipts.get(one.child) ?? []).filter(({ end }) => end < one.begin);
    const missing = known.slice(-surelyOnAPage).filter(({ id }) => !one.ids.includes(id));
    return missing.length === 0
      ? []
      : [`S-26: at ${one.begin} ${missing.length} absences are missing without a word`];
  });
}

/** Who lost a right sees nothing later than its bound, and nothing once they were refused, until it is given back (S-04). */
function checkSights(history: readonly Happening[], { staleMs }: Bounds): readonly string[] {
  const rights = Map.groupBy(of(history, 'right'), ({ pair }) => pair);
  const sights = Map.groupBy(of(history, 'sight'), ({ pair }) => pair);
  return [...rights].flatMap(([pair, all]) => {
    const ordered = all.toSorted((one, other) => one.begin - other.begin);
    return ordered.flatMap((taken, place) => {
      if (taken.holds) return [];
      const givenBack = ordered[place + 1]?.begin ?? Number.POSITIVE_INFINITY;
      const during = (sights.get(pair) ?? []).filter(
        ({ begin, end }) => begin > taken.begin && end < givenBack,
      );
      return checkWithout(pair, taken, during, staleMs);
    });
  });
}

function checkWithout(
  pair: string,
  { end: takenAt, by }: Of<'right'>,
  during: readonly Of<'sight'>[],
  staleMs: number,
): readonly string[] {
  const firstRefusal = (service: string): number =>
    Math.min(
      ...during.flatMap((one) => (one.service === service && one.got === 'hidden' ? [one.end] : [])),
      Number.POSITIVE_INFINITY,
    );
  // What the register says counts for others from when identity has taken it in, which a refusal of its own shows.
  const known = by === 'staff' ? takenAt : firstRefusal('identity');
  const limit = { identity: known, attendance: known + staleMs };
  return during.flatMap(({ service, got, begin }) => {
    if (got !== 'seen') return [];
    if (begin > limit[service])
      return [`S-04: ${service} answers ${pair} ${begin - known} ms after the right was over`];
    return begin > firstRefusal(service) ? [`S-04: ${service} answers ${pair} after it had refused`] : [];
  });
}

/** What is stopped takes nothing in, from the bound on (X07). */
function checkStops(history: readonly Happening[], { staleMs }: Bounds): readonly string[] {
  const states = of(history, 'feature').toSorted((one, other) => one.begin - other.begin);
  const reports = of(history, 'report');
  return states.flatMap(({ isOpen, end: stoppedAt }, place) => {
    if (isOpen) return [];
    const opened = states[place + 1]?.begin ?? Number.POSITIVE_INFINITY;
    return reports.flatMap(({ got, begin, end }) =>
      got === 'receipt' && begin > stoppedAt + staleMs && end < opened
        ? [`X07: a report was taken in ${begin - stoppedAt} ms after the stop`]
        : [],
    );
  });
}

/** The gateway asks once more when a first answer does not come; the first may have been given all the same. */
const askedAtMost = 2;

/** Each answer that told staff of a child has a row, and nobody has one who did not ask (S-11). */
function checkLog(history: readonly Happening[]): readonly string[] {
  return of(history, 'log').flatMap(({ pair, rows }) => {
    const read = of(history, 'sight').filter((one) => one.pair === pair && one.service === 'identity');
    const told = read.filter(({ got }) => got === 'seen').length;
    const most = askedAtMost * read.filter(({ got }) => got !== 'hidden').length;
    return rows < told || rows > most
      ? [`S-11: ${pair} was told between ${told} and ${most} times, and the log has ${rows} rows`]
      : [];
  });
}

/** Everybody is answered in time, and no failure passes for anything but what it is (S-26, S-28). */
function checkAnswers(history: readonly Happening[], { answerMs }: Bounds): readonly string[] {
  return history.flatMap((one) => {
    if (!('begin' in one) || !('got' in one)) return [];
    if (one.got === 'failed' && !honest.includes(one.code) && one.code !== 'late')
      return [`S-26: ${one.kind} at ${one.begin} fails with ${one.code}`];
    const took = one.end - one.begin;
    return took > answerMs ? [`S-28: ${one.kind} at ${one.begin} is answered after ${took} ms`] : [];
  });
}
