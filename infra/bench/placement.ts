import { loadavg } from 'node:os';
import { solve } from '../../services/placement/src/domain/allocate.ts';
import { check } from '../../services/placement/src/domain/check.ts';
import { faultsIn } from '../../services/placement/src/domain/check-columns.ts';
import { type Columns, fillKeys } from '../../services/placement/src/domain/columns.ts';
import { explainer } from '../../services/placement/src/domain/explain.ts';
import { type Matching, heldBy, match } from '../../services/placement/src/domain/matching.ts';
import { readInstance } from '../../services/placement/src/domain/read-instance.ts';
import { resultDigest, snapshotHash } from '../../services/placement/src/domain/snapshot.ts';
import { whatIf } from '../../services/placement/src/domain/what-if.ts';
import { type Asking, deferredAcceptance } from '../../services/placement/src/domain/testing/plain-engine.ts';
import { cpuSeconds, median, memory, report, rounded } from './figures.ts';
import { instanceOfColumns, ordered, townOfColumns } from './placement-town.ts';

/** Children and kindergartens: Bergen, Norway, and far more than there are. The last, 10000000x770000, takes half a minute and 1.6 GB. */
const sizes = (process.env['BENCH_SIZES'] ?? '3000x250,80000x5500,1000000x75000')
  .split(',')
  .map((size) => size.split('x').map(Number) as [number, number]);
/** The object version is not borne with more. */
const mostObjects = Number(process.env['BENCH_OBJECTS'] ?? 80_000);

interface Timed<Value> {
  readonly ms: number;
  /** Of the processor: what others on the machine take away is not in it. */
  readonly cpuMs: number;
  readonly value: Value;
}

function timed<Value>(work: () => Value): Timed<Value> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - began, cpuMs: (user + system) / 1000, value };
}

/** Small sizes are run more often, and the median is told. */
const runsOf = (children: number): number => (children > 2_000_000 ? 1 : children > 200_000 ? 3 : 25);

function medianOf<Value>(
  children: number,
  work: () => Value,
): { readonly ms: number; readonly value: Value } {
  const runs = Array.from({ length: runsOf(children) }, () => timed(work));
  return { ms: median(runs.map(({ ms }) => ms)), value: runs.at(-1)!.value };
}

/** What any matching has to do at least: look at each wish once. */
function plainPass({ pool, key }: Columns): number {
  let sum = 0;
  for (let claim = 0; claim < pool.length; claim += 1) sum += pool[claim]! + key[claim]!;
  return sum;
}

/** The same children as objects, of whom a pool's list is sorted whenever one of them asks. */
function asObjects({ start, pool, key, capacity, id }: Columns) {
  const children: Asking[] = Array.from(id, (number, child) => ({
    application: { id: String(number).padStart(9, '0') } as Asking['application'],
    claims: Array.from(pool.subarray(start[child], start[child + 1]), (coded, at) => ({
      ...{ pool: String(coded < 0 ? ~coded : coded), k: '', via: 'wish' as const, wish: at + 1 },
      standing: [key[start[child]! + at]!],
    })),
    next: 0,
  }));
  const seats = new Map(Array.from(capacity, (count, at) => [String(at), count]));
  const order = new Map(Array.from(capacity, (_count, at) => [String(at), at]));
  return { children, seats, order };
}

function objectVersion(columns: Columns, held: Int32Array): number {
  const { children, seats, order } = asObjects(columns);
  const { ms, value } = timed(() => deferredAcceptance(children, seats, order, []));
  const seated = new Set([...value.values()].flatMap((all) => all.map(({ application }) => application.id)));
  for (const [child, claim] of held.entries())
    if (seated.has(String(columns.id[child]!).padStart(9, '0')) !== (claim !== -1))
      throw new Error('the two differ');
  return ms;
}

function measure([children, kindergartens]: readonly [number, number]) {
  const isHuge = children > 2_000_000;
  const given = townOfColumns(children, kindergartens, isHuge);
  const order = isHuge ? null : timed(() => ordered(given));
  // The largest comes nearly in order already, so that it is not held twice.
  const columns = order?.value ?? given;
  const bytes = columnBytes(columns);
  const places = isHuge ? null : columns.key.slice();
  const runs = Array.from({ length: runsOf(children) }, () => {
    if (places !== null) columns.key.set(places);
    const keys = timed(() => fillKeys(columns));
    const matched = timed(() => match(columns));
    const checked = timed(() => {
      const held = heldBy(columns, matched.value);
      return { held, faults: faultsIn(columns, held) };
    });
    return {
      ...{ keys: keys.ms, match: matched.ms, check: checked.ms },
      ...{ cpu: matched.cpuMs, allCpu: keys.cpuMs + matched.cpuMs + checked.cpuMs },
      ...{ matching: matched.value, ...checked.value },
    };
  });
  const of = (part: 'keys' | 'match' | 'check' | 'cpu' | 'allCpu'): number =>
    median(runs.map((one) => one[part]));
  const { matching, held, faults } = runs.at(-1)!;
  const { proposals } = matching;
  if (faults !== 0) throw new Error(`${faults} faults with ${children} children`);
  const plain = medianOf(children, () => plainPass(columns)).ms;
  const unordered = isHuge ? null : unorderedMs(given, matching);
  const objects = children > mostObjects ? null : objectVersion(columns, held);
  const claims = columns.pool.length;
  return {
    ...{
      children,
      kindergartens,
      wishes: claims,
      proposals,
      unplaced: held.filter((claim) => claim === -1).length,
    },
    match_ms: rounded(of('match'), 2),
    match_cpu_ms: rounded(of('cpu'), 2),
    keys_ms: rounded(of('keys'), 2),
    check_ms: rounded(of('check'), 2),
    whole_ms: rounded(of('keys') + of('match') + of('check')),
    whole_cpu_ms: rounded(of('allCpu')),
    ...(order === null ? {} : { order_ms: rounded(order.ms, 2) }),
    ...(unordered === null ? {} : { match_unordered_ms: rounded(unordered, 2) }),
    plain_pass_ms: rounded(plain, 3),
    times_plain_pass: rounded(of('match') / plain),
    million_wishes_per_s: rounded(claims / of('match') / 1000),
    ...(objects === null
      ? {}
      : { object_ms: rounded(objects), times_object: rounded(objects / of('match')) }),
    ...(children > 200_000 ? {} : { what_if_us: rounded(whatIfUs(columns)) }),
    bytes_beyond_20_a_wish_and_40_a_child: bytes + matchingBytes(matching) - 20 * claims - 40 * children,
    most_mb: rounded(memory(process.pid).most),
  };
}

function unorderedMs(given: Columns, { proposals }: Matching): number {
  fillKeys(given);
  const { ms, value } = medianOf(given.start.length - 1, () => match(given));
  if (value.proposals !== proposals) throw new Error('another order of children made other proposals');
  return ms;
}

const arrayBytes = (of: object): number =>
  Object.values(of).reduce(
    (sum: number, one: unknown) => sum + (ArrayBuffer.isView(one) ? one.byteLength : 0),
    0,
  );
const columnBytes = (columns: Columns): number => arrayBytes(columns);
/** With the heap's own copy of the keys. */
const matchingBytes = (matching: Matching): number => arrayBytes(matching) + matching.claim.length * 8;

/** What a question takes that begins with "what if this child had another list", where the others are matched already. */
function whatIfUs(columns: Columns): number {
  const times = Array.from({ length: 20 }, (_none, turn) => {
    const child = Math.floor(((turn + 0.5) * (columns.start.length - 1)) / 20);
    const ask = whatIf(columns, child);
    const claims = Array.from(
      { length: columns.start[child + 1]! - columns.start[child]! },
      (_one, at) => columns.start[child]! + at,
    );
    const { ms } = timed(() => {
      for (let again = 0; again < 500; again += 1) ask(claims);
    });
    return (ms * 1000) / 500;
  });
  return median(times);
}

/** A Bergen round from the text that is sent to the text that is answered: hashes, result, a second opinion and a reason for every child. */
function wholeRound() {
  const text = JSON.stringify(instanceOfColumns(townOfColumns(3000, 250)));
  const parts = { read: 0, hash: 0, solve: 0, explain: 0, digest: 0 };
  const once = () => {
    const part = <Value>(name: keyof typeof parts, work: () => Value): Value => {
      const { ms, value } = timed(work);
      parts[name] = ms;
      return value;
    };
    const given = part('read', () => JSON.parse(text) as object);
    const snapshot = part('hash', () => snapshotHash(given));
    const read = readInstance(given);
    if (!read.ok) throw new Error(JSON.stringify(read.problems[0]));
    const run = part('solve', () => solve(read.instance));
    const explained = part('explain', () => {
      const reasons = explainer(read.instance, run);
      return JSON.stringify(read.instance.applications.map(({ id }) => reasons(id)));
    });
    const digest = part('digest', () => resultDigest(run.result));
    return { read, run, explained, answer: JSON.stringify({ ...run.result, snapshot, digest }) };
  };
  const runs = Array.from({ length: 7 }, () => timed(once));
  const { read, run } = runs.at(-1)!.value;
  const second = timed(() => check(read.instance, run.result));
  if (second.value.length > 0) throw new Error('the second opinion differs');
  return {
    first_ms: rounded(runs[0]!.ms),
    median_ms: rounded(median(runs.map(({ ms }) => ms))),
    last: Object.fromEntries(Object.entries(parts).map(([name, ms]) => [name, rounded(ms)])),
    second_opinion_ms: rounded(second.ms),
  };
}

const cpu = cpuSeconds(process.pid);
const round = wholeRound();
const measured = sizes.map(measure);
const [least, most] = [
  measured[0]!,
  measured.findLast(({ children }) => children <= 1_000_000) ?? measured[0]!,
];
report('placement', {
  sizes: measured,
  /** By processor time, from the least to a million. */
  growth_exponent: rounded(
    Math.log(most.match_cpu_ms / least.match_cpu_ms) / Math.log(most.children / least.children || Math.E),
    2,
  ),
  bergen_round: round,
  cpu_s: rounded(cpuSeconds(process.pid) - cpu),
  load: loadavg().map((one) => rounded(one)),
});
