import {
  type Application,
  type Config,
  type Conversion,
  type Instance,
  type Kindergarten,
  type Priority,
  type Reserve,
  type Wish,
  criterionNames,
} from './instance.ts';
import { decimalOf } from './exact.ts';
import { type Problem, Reading, type Refused, refusedFor } from './reading.ts';

export type Read =
  | { readonly ok: true; readonly instance: Instance }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Nobody has so many, and they must fit into one number that sorts. */
const mostGroups = 50;
const mostPoints = 2 ** 50;

/** Reads an instance and says everything that is wrong with it. */
export function readInstance(given: unknown): Read {
  const reading = new Reading();
  const fields = reading.object(given, 'instance');
  if (fields['format'] !== 'placement-instance/1') reading.wrong('format', 'the text placement-instance/1');
  const instance: Instance = {
    seed: reading.text(fields['seed'], 'seed'),
    config: readConfig(reading, fields['config'] ?? {}),
    kindergartens: reading.list(fields['kindergartens'], 'kindergartens', (one, path) =>
      readKindergarten(reading, one, path),
    ),
    applications: reading.list(fields['applications'], 'applications', (one, path) =>
      readApplication(reading, one, path),
    ),
  };
  judge(reading, instance);
  return reading.problems.length === 0 ? { ok: true, instance } : { ok: false, problems: reading.problems };
}

/** Hands a readable instance on, and answers for one that is not. */
export function withInstance<Answer>(given: unknown, work: (instance: Instance) => Answer): Answer | Refused {
  const read = readInstance(given);
  return read.ok ? work(read.instance) : refusedFor(read.problems);
}

/** Reads a kindergarten's rule alone, as its statutes have it. */
export function readRule(given: unknown): {
  readonly priority: Priority;
  readonly problems: readonly Problem[];
} {
  const reading = new Reading();
  const priority = readPriority(reading, given, 'priority');
  return { priority, problems: reading.problems };
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

function readConfig(reading: Reading, given: unknown): Config {
  const fields = reading.object(given, 'config');
  const path = (name: string): string => `config.${name}`;
  const or = <Item>(name: string, absent: Item, read: (value: unknown, path: string) => Item): Item =>
    fields[name] === undefined ? absent : read(fields[name], path(name));
  return {
    markets: or('markets', ['large', 'small'], (value, at) =>
      reading.list(value, at, (one, there) => poolPart(reading, one, there)),
    ),
    tieBreak: or('tieBreak', 'single', (value, at) => reading.oneOf(value, at, ['single', 'multiple'])),
    lotteryUnit: or('lotteryUnit', 'application', (value, at) =>
      reading.oneOf(value, at, ['application', 'family']),
    ),
    maxWishes: or('maxWishes', Number.POSITIVE_INFINITY, (value, at) =>
      reading.number(value, at, isCount, 'a whole number, 0 or more'),
    ),
    siblingInRound: or('siblingInRound', false, (value, at) => reading.flag(value, at)),
    fallback: or('fallback', false, (value, at) => reading.flag(value, at)),
    convert: or<Conversion | null>('convert', null, (value, at) =>
      value === null ? null : readConversion(reading, value, at),
    ),
  };
}

/** Part of a pool's name, `K/group#reserve`, which has to be told apart from every other. */
function poolPart(reading: Reading, given: unknown, path: string): string {
  const name = reading.id(given, path);
  if (/[/#]/.test(name)) reading.wrong(path, 'a name without / and #');
  return name;
}

function readConversion(reading: Reading, given: unknown, path: string): Conversion {
  const fields = reading.object(given, path);
  const ratio = reading.list(fields['ratio'], `${path}.ratio`, (one, at) =>
    reading.number(one, at, (value) => isCount(value) && value > 0, 'a whole number above 0'),
  );
  if (ratio.length !== 2) reading.wrong(`${path}.ratio`, 'two numbers');
  return {
    from: reading.id(fields['from'], `${path}.from`),
    to: reading.id(fields['to'], `${path}.to`),
    ratio: [ratio[0] ?? 1, ratio[1] ?? 1],
  };
}

function readSeats(reading: Reading, given: unknown, path: string): Readonly<Record<string, number>> {
  return Object.fromEntries(
    reading.entries(given, path, (value, at) => {
      if (typeof value === 'number' && isCount(value)) return value;
      reading.wrong(at, 'a whole number, 0 or more', 'E_BAD_SEATS');
      return 0;
    }),
  );
}

function readKindergarten(reading: Reading, given: unknown, path: string): Kindergarten {
  const fields = reading.object(given, path);
  return {
    id: reading.id(fields['id'], `${path}.id`),
    seats: readSeats(reading, fields['seats'], `${path}.seats`),
    priority: readPriority(reading, fields['priority'], `${path}.priority`),
    convertible: reading.flag(fields['convertible'] ?? false, `${path}.convertible`),
    maxSeats: readSeats(reading, fields['maxSeats'] ?? {}, `${path}.maxSeats`),
    reserved: reading.list(fields['reserved'] ?? [], `${path}.reserved`, (one, at) =>
      readReserve(reading, one, at),
    ),
  };
}

function readReserve(reading: Reading, given: unknown, path: string): Reserve {
  const fields = reading.object(given, path);
  const seats = fields['seats'];
  const isRight = typeof seats === 'number' && isCount(seats);
  if (!isRight) reading.wrong(`${path}.seats`, 'a whole number, 0 or more', 'E_BAD_SEATS');
  return {
    id: poolPart(reading, fields['id'], `${path}.id`),
    group: reading.id(fields['group'], `${path}.group`),
    seats: isRight ? seats : 0,
    flag: reading.id(fields['flag'], `${path}.flag`),
    soft: reading.flag(fields['soft'] ?? false, `${path}.soft`),
  };
}

function readPriority(reading: Reading, given: unknown, path: string): Priority {
  const fields = reading.object(given, path);
  const criteria = reading.list(fields['then'] ?? [], `${path}.then`, (one, at) =>
    reading.oneOf(one, at, criterionNames),
  );
  const mode = reading.oneOf(fields['mode'], `${path}.mode`, [
    'firstMatch',
    'lexicographic',
    'points',
    'explicit',
  ]);
  if (mode === 'explicit')
    return {
      mode,
      criteria,
      order: reading.list(fields['order'], `${path}.order`, (one, at) => reading.id(one, at)),
    };
  if (mode === 'points')
    return { mode, criteria, points: readPoints(reading, fields['points'], `${path}.points`) };
  const groups = reading.list(fields['groups'], `${path}.groups`, (one, at) => reading.id(one, at));
  if (groups.length > mostGroups) reading.wrong(`${path}.groups`, `${mostGroups} groups at most`);
  if (groups[0] !== 'law18')
    reading.wrong(`${path}.groups`, 'law18 as the first group (Kindergarten Act § 18)', 'E_NO_LAW18_FIRST');
  return { mode, criteria, groups };
}

/** Points may have decimals. All of a rule are written out by the same power of ten, so that their sums are exact. */
function readPoints(reading: Reading, given: unknown, path: string): ReadonlyMap<string, number> {
  const points = reading.entries(given, path, (one, at) => decimalOf(reading.number(one, at)));
  const decimals = Math.max(0, ...points.map(([, { scale }]) => scale));
  const whole = points.map(
    ([flag, { digits, scale }]) => [flag, Number(digits * 10n ** BigInt(decimals - scale))] as const,
  );
  if (whole.reduce((sum, [, value]) => sum + Math.abs(value), 0) >= mostPoints)
    reading.wrong(path, 'points of which the sum has 15 digits at most, decimals counted');
  return new Map(whole);
}

function readApplication(reading: Reading, given: unknown, path: string): Application {
  const fields = reading.object(given, path);
  const optional = <Item>(name: string, read: (value: unknown, path: string) => Item): Item | null =>
    fields[name] === undefined || fields[name] === null ? null : read(fields[name], `${path}.${name}`);
  const flags = (value: unknown, at: string): readonly string[] =>
    reading.list(value ?? [], at, (one, there) => reading.id(one, there));
  const wish = (value: unknown, at: string): Wish => {
    const one = reading.object(value, at);
    const distance = one['distance'] ?? null;
    return {
      k: reading.id(one['k'], `${at}.k`),
      distance:
        distance === null
          ? null
          : reading.number(distance, `${at}.distance`, (metres) => metres >= 0, 'a number, 0 or more'),
      flags: flags(one['flags'], `${at}.flags`),
    };
  };
  return {
    id: reading.id(fields['id'], `${path}.id`),
    group: reading.id(fields['group'], `${path}.group`),
    born: reading.day(fields['born'], `${path}.born`),
    appliedAt: optional('appliedAt', (value, at) => reading.id(value, at)),
    flags: flags(fields['flags'], `${path}.flags`),
    family: optional('family', (value, at) => reading.id(value, at)),
    current: optional('current', (value, at) => reading.id(value, at)),
    wishes: reading.list(fields['wishes'], `${path}.wishes`, wish),
    nearby: reading.list(fields['nearby'] ?? [], `${path}.nearby`, wish),
  };
}

/** What is wrong although the shape is right: names that are there twice or not at all, and seats that do not add up. */
function judge(reading: Reading, { config, kindergartens, applications }: Instance): void {
  const known = new Set(kindergartens.map(({ id }) => id));
  const groups = new Set(config.markets);
  const needsGroup = (group: string, path: string): void => {
    if (!groups.has(group)) reading.wrong(path, 'a group of config.markets', 'E_BAD_GROUP');
  };
  const needsKnown = (k: string, path: string): void => {
    if (!known.has(k)) reading.wrong(path, 'a kindergarten of this instance', 'E_UNKNOWN_K');
  };
  reading.unique(config.markets, (at) => `config.markets[${at}]`, 'E_FORMAT', 'each group once');
  if (config.convert !== null) {
    needsGroup(config.convert.from, 'config.convert.from');
    needsGroup(config.convert.to, 'config.convert.to');
  }
  const twice = 'an id that no other has';
  reading.unique(
    kindergartens.map(({ id }) => id),
    (at) => `kindergartens[${at}].id`,
    'E_DUP_ID',
    twice,
  );
  reading.unique(
    applications.map(({ id }) => id),
    (at) => `applications[${at}].id`,
    'E_DUP_ID',
    twice,
  );
  for (const [at, { seats, reserved }] of kindergartens.entries()) {
    const path = `kindergartens[${at}]`;
    reading.unique(
      reserved.map(({ id, group }) => `${group}#${id}`),
      (place) => `${path}.reserved[${place}].id`,
      'E_DUP_ID',
      twice,
    );
    for (const [place, { group }] of reserved.entries())
      needsGroup(group, `${path}.reserved[${place}].group`);
    for (const group of config.markets) {
      const kept = reserved.reduce((sum, one) => sum + (one.group === group ? one.seats : 0), 0);
      if (kept > (seats[group] ?? 0))
        reading.wrong(
          `${path}.reserved`,
          `no more than the seats for ${group}, of which they are`,
          'E_BAD_SEATS',
        );
    }
  }
  for (const [at, { group, current, wishes, nearby }] of applications.entries()) {
    const path = `applications[${at}]`;
    needsGroup(group, `${path}.group`);
    if (current !== null) needsKnown(current, `${path}.current`);
    if (wishes.length > config.maxWishes)
      reading.wrong(`${path}.wishes`, `${config.maxWishes} wishes at most`, 'E_TOO_MANY_WISHES');
    for (const [name, list] of [
      ['wishes', wishes],
      ['nearby', nearby],
    ] as const) {
      const there = (place: number): string => `${path}.${name}[${place}].k`;
      for (const [place, { k }] of list.entries()) needsKnown(k, there(place));
      reading.unique(
        list.map(({ k }) => k),
        there,
        'E_DUP_WISH',
        'each kindergarten once',
      );
    }
  }
}
