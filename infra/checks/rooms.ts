import { type Import, importsOf, resolveImport, withoutComments } from './imports.ts';

/** A room of a service, and what style § 3 lets it see. */
interface Room {
  /** Other rooms of the same service. */
  readonly rooms: readonly string[];
  /** Rooms of which it may see the types alone. */
  readonly types: readonly string[];
  readonly packages: readonly RegExp[];
  /** Packages of which it may see the types alone. */
  readonly packageTypes?: readonly RegExp[];
}

const kitPure = /^@ranselpost\/kit\/pure\//;
const contracts = /^@ranselpost\/schema\/events\//;
/** Plain data in, a verdict out, as a domain is. */
const guard = /^@ranselpost\/kit\/guard$/;
/** Answers whether digits are a national number and of which series: a rule of the register, with no I/O in it. */
const numberRule = /^@navikt\/fnrvalidator$/;
const sql = /^(drizzle-orm|postgres)(\/|$)/;
const bus = /^@nats-io\//;
const graph = /^(graphql|graphql-scalars|dataloader|@apollo\/.*)(\/|$)/;
const everythingBut = (...refused: readonly RegExp[]): RegExp =>
  ({ test: (name: string) => refused.every((pattern) => !pattern.test(name)) }) as RegExp;

const rooms: Readonly<Record<string, Room>> = {
  domain: {
    rooms: [],
    types: [],
    packages: [kitPure, guard, numberRule],
    packageTypes: [contracts],
  },
  usecases: {
    rooms: ['domain', 'store', 'clients'],
    types: [],
    packages: [everythingBut(sql, bus, graph, /^@ranselpost\/kit\/(subgraph|consume|relay|bus)$/)],
    packageTypes: [/^@ranselpost\/kit\/bus$/],
  },
  store: {
    rooms: ['domain'],
    types: [],
    packages: [everythingBut(bus, graph)],
  },
  // What a service answers beside the graph, for our own gateway.
  http: {
    rooms: ['usecases'],
    types: ['domain'],
    packages: [everythingBut(sql, bus, graph)],
  },
  clients: {
    rooms: ['domain'],
    types: [],
    packages: [everythingBut(sql, bus, graph)],
  },
  graphql: {
    rooms: ['usecases'],
    types: ['domain'],
    packages: [everythingBut(sql, bus)],
  },
  events: {
    rooms: ['usecases'],
    types: ['domain'],
    packages: [everythingBut(sql, graph)],
  },
};

/** Files at the top of `src/` that others may see; the rest are programs, which see everything and are seen by nobody. */
const seenTopFiles = new Set(['config', 'migrations', 'deps']);

const allowed = (patterns: readonly RegExp[] | undefined, name: string): boolean =>
  patterns?.some((pattern) => pattern.test(name)) ?? false;

interface Place {
  readonly workspace: string;
  /** The room, or the file's name for one at the top of `src/`; undefined outside of `src/`. */
  readonly room: string | undefined;
  readonly isTop: boolean;
}

function placeOf(file: string): Place {
  const workspace = /^services\/[^/]+/.exec(file)?.[0] ?? file.split('/')[0]!;
  const [first, ...rest] = file.startsWith(`${workspace}/src/`)
    ? file.slice(`${workspace}/src/`.length).split('/')
    : [];
  return { workspace, room: first?.replace(/\.ts$/, ''), isTop: rest.length === 0 };
}

export const isTest = (file: string): boolean => /\.test\.ts$|\/testing\/|\/test\//.test(file);

/** What of a service's file is against style § 3: what its room must not see, and where it does what only others may. */
export function roomFaults(file: string, text: string): string[] {
  const { workspace, room, isTop } = placeOf(file);
  if (room === undefined || !workspace.startsWith('services/') || isTest(file)) return [];
  const rules = isTop ? undefined : rooms[room];
  if (rules === undefined && !isTop) return [`${file}: there is no room called ${room}`];
  const faults = importsOf(text).flatMap((seen) => importFault(file, rules, room, seen));
  return [...faults, ...actFaults(file, room, withoutComments(text))];
}

function importFault(
  file: string,
  rules: Room | undefined,
  room: string,
  { from, isType }: Import,
): string[] {
  const target = resolveImport(file, from);
  const fault = [`${file}: ${room} must not see ${from}${isType ? ' (a type)' : ''}`];
  if (target.startsWith('services/')) {
    const there = placeOf(target);
    if (there.isTop && !seenTopFiles.has(there.room ?? '')) return fault;
    if (rules === undefined) return [];
    if (there.isTop) return there.room === 'deps' && isType ? [] : fault;
    if (there.room === room || rules.rooms.includes(there.room ?? '')) return [];
    return isType && rules.types.includes(there.room ?? '') ? [] : fault;
  }
  if (rules === undefined || allowed(rules.packages, from)) return [];
  return isType && allowed(rules.packageTypes, from) ? [] : fault;
}

const acts: readonly { readonly what: string; readonly pattern: RegExp; readonly mayIn: RegExp }[] = [
  { what: 'reads the environment', pattern: /\bprocess\.env\b/, mayIn: /^(main|config)$/ },
  { what: 'writes SQL', pattern: /\bsql(<[^`]*>)?`|\.execute\(\s*sql/, mayIn: /^store$/ },
  {
    what: 'asks the clock or chance, which come in as arguments',
    pattern: /\bDate\.now\(|\bnew Date\(\s*\)|\bMath\.random\(|\brandom(UUID|Bytes|Int)\(|Temporal\.Now/,
    mayIn: /^(?!domain$)/,
  },
];

const actFaults = (file: string, room: string, code: string): string[] =>
  acts
    .filter(({ pattern, mayIn }) => !mayIn.test(room) && pattern.test(code))
    .map(({ what }) => `${file}: ${room} ${what}`);

/** What any part of the system must not do, whichever its rooms: leave its workspace, or ask where it runs. */
export function borderFaults(file: string, text: string): string[] {
  const { workspace, room } = placeOf(file);
  if (room === undefined && workspace !== 'kit' && workspace !== 'schema') return [];
  const faults = importsOf(text).flatMap(({ from }) => {
    const target = resolveImport(file, from);
    const isInside = !from.startsWith('.') || target.startsWith(`${workspace}/`);
    const isOurs = from.startsWith('@ranselpost/');
    // What a part is tested against is the simulators, as they speak the registers' protocols.
    const mayMeet =
      workspace === 'schema' ? [] : ['kit', 'schema', ...(isTest(file) ? ['infra/simulators'] : [])];
    const isMet = !isOurs || mayMeet.some((name) => from.startsWith(`@ranselpost/${name}/`));
    return isInside && isMet ? [] : [`${file}: ${from} is another part's own code`];
  });
  if (!isTest(file)) {
    if (/simulator/i.test(text)) faults.push(`${file}: says simulator, of which nothing in src knows`);
    if (/NODE_ENV/.test(text)) faults.push(`${file}: asks where it runs`);
    for (const { from, isType } of importsOf(text))
      if (/^@ranselpost\/kit\/testing\//.test(from) && !isType) faults.push(`${file}: ${from} is for tests`);
  }
  return faults;
}
