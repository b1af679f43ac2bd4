import type { Offer } from './offer.ts';
import { type Command, type Standing, committed, decide, next } from './offers.ts';
import { Reading, type Refused, isDay } from './reading.ts';

export interface Played {
  /** For each step `ok`, the code of a refusal, or for `next` the child or `-`. */
  readonly steps: readonly string[];
  readonly final: {
    readonly placed: Readonly<Record<string, string>>;
    readonly offers: Readonly<Record<string, Offer['state']>>;
    /** The pools that children still wait for, as they want them; whoever waits for none is left out. */
    readonly waiting: Readonly<Record<string, readonly string[]>>;
  };
}

/** What is asked of a waiting list, one thing after the other, and how all stands then (`placement-scenario/1`, placement § 9). */
export function runScenario(given: unknown): Played | Refused {
  const reading = new Reading();
  const fields = reading.object(given, 'scenario');
  if (fields['format'] !== 'placement-scenario/1') reading.wrong('format', 'the text placement-scenario/1');
  const setup = readSetup(reading, fields['setup']);
  const steps = reading.list(fields['steps'], 'steps', (one, path) => readStep(reading, one, path));
  return reading.refusal() ?? play(setup, steps);
}

type Ask = { readonly cmd: 'next'; readonly pool: string };
interface Step {
  /** Repeating it gets the first answer again, and does nothing. */
  readonly key: string | null;
  readonly ask: Command | Ask;
}

function play(setup: Standing, steps: readonly Step[]): Played {
  let standing = setup;
  const answered = new Map<string, string>();
  const answers = steps.map(({ key, ask }) => {
    const before = key === null ? undefined : answered.get(key);
    if (before !== undefined) return before;
    let answer = 'ok';
    if (ask.cmd === 'next') answer = next(standing, ask.pool) ?? '-';
    else {
      const decided = decide(standing, ask);
      if (typeof decided === 'string') answer = decided;
      else standing = decided;
    }
    if (key !== null) answered.set(key, answer);
    return answer;
  });
  const { placed, offers, wishes, waiting } = standing;
  const waits = [...wishes].map(
    ([child, pools]) => [child, pools.filter((pool) => waiting.get(child)?.has(pool))] as const,
  );
  return {
    steps: answers,
    final: {
      placed: Object.fromEntries(placed),
      offers: Object.fromEntries(offers.map(({ id, state }) => [id, state])),
      waiting: Object.fromEntries(waits.filter(([, pools]) => pools.length > 0)),
    },
  };
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

function readSetup(reading: Reading, given: unknown): Standing {
  const fields = reading.object(given, 'setup');
  const seats = new Map(
    reading.entries(fields['pools'], 'setup.pools', (one, path) =>
      reading.number(one, path, isCount, 'a whole number, 0 or more'),
    ),
  );
  const pool = (one: unknown, path: string): string => {
    const name = reading.id(one, path);
    if (!seats.has(name)) reading.wrong(path, 'a pool of setup.pools');
    return name;
  };
  const names = (one: unknown, path: string): readonly string[] => {
    const list = reading.list(one, path, (name, at) => reading.id(name, at));
    reading.unique(list, (at) => `${path}[${at}]`, 'E_FORMAT', 'each once');
    return list;
  };
  const ranking = new Map(reading.entries(fields['ranking'], 'setup.ranking', names));
  for (const name of ranking.keys()) pool(name, `setup.ranking.${name}`);
  const wishes = new Map(reading.entries(fields['wishes'], 'setup.wishes', names));
  for (const [child, list] of wishes)
    for (const [at, name] of list.entries()) pool(name, `setup.wishes.${child}[${at}]`);
  const placed = new Map(reading.entries(fields['placed'] ?? {}, 'setup.placed', pool));
  const waiting = new Map(
    [...wishes].map(([child, list]) => [child, new Set(placed.has(child) ? [] : list)]),
  );
  const setup: Standing = { seats, ranking, wishes, placed, offers: [], waiting };
  for (const [name, count] of seats)
    if (committed(setup, name) > count)
      reading.wrong(`setup.placed`, `no more children at ${name} than its seats`);
  return setup;
}

const commands = [
  'offer',
  'accept',
  'accept-keep',
  'decline',
  'expire',
  'withdraw',
  'resign',
  'seats',
  'next',
] as const;

function readStep(reading: Reading, given: unknown, path: string): Step {
  const fields = reading.object(given, path);
  const at = (name: string): string => `${path}.${name}`;
  const id = (name: string): string => reading.id(fields[name], at(name));
  const optional = (name: string): string | null =>
    fields[name] == null ? null : reading.text(fields[name], at(name));
  // A reason that says nothing is none.
  const reason = (): string | null => optional('reason')?.trim() || null;
  const when = (name: string): number => readInstant(reading, fields[name], at(name));
  const key = optional('key');
  const cmd = reading.oneOf(fields['cmd'], at('cmd'), commands);
  switch (cmd) {
    case 'offer':
      return {
        key,
        ask: { cmd, app: id('app'), pool: id('pool'), deadline: when('deadline'), reason: reason() },
      };
    case 'accept':
    case 'accept-keep':
    case 'expire':
      return { key, ask: { cmd, offer: id('offer'), at: when('at') } };
    case 'decline':
      return {
        key,
        ask: {
          cmd,
          offer: id('offer'),
          at: when('at'),
          stay: reading.flag(fields['stay'] ?? false, at('stay')),
        },
      };
    case 'withdraw':
      return { key, ask: { cmd, offer: id('offer'), reason: reason() } };
    case 'resign':
      return { key, ask: { cmd, app: id('app') } };
    case 'seats':
      return {
        key,
        ask: {
          cmd,
          pool: id('pool'),
          n: reading.number(fields['n'], at('n'), isCount, 'a whole number, 0 or more'),
        },
      };
    case 'next':
      return { key, ask: { cmd, pool: id('pool') } };
  }
}

/** ISO 8601, so that the night in which an hour comes twice is told apart; one without an offset is UTC on every machine. A number is one too. */
function readInstant(reading: Reading, given: unknown, path: string): number {
  if (typeof given === 'number' && Number.isFinite(given)) return given;
  const [, day, time = 'T00:00:00', offset = 'Z'] =
    typeof given === 'string'
      ? (/^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(given) ??
        [])
      : [];
  const instant = day !== undefined && isDay(day) ? Date.parse(`${day}${time}${offset}`) : Number.NaN;
  if (!Number.isNaN(instant)) return instant;
  reading.wrong(path, 'an instant, as 2026-03-29T01:59:59+01:00');
  return 0;
}
