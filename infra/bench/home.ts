import { createActorSigner } from '@ranselpost/kit/actor-token';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../dev/paths.ts';
import type { Stack } from '../dev/stack.ts';
import { goldenFamilies } from '../simulators/population/index.ts';
import { Visitor } from '../visitor/visitor.ts';
import { median, memory, report, rounded } from './figures.ts';
import { load, type Round, type Target } from './load.ts';
import { withScratchStack } from './scratch-stack.ts';

const rounds = 3;
const seconds = Number(process.env['BENCH_SECONDS'] ?? 6);
const atOnce = 16;
const startQuery = readFileSync(join(root, 'schema/operations/start.graphql'), 'utf8');
const oneSubgraph =
  'query Direct { viewer { id name { given family } children { id name { given } enrolments { unit { id name } } } } }';

await withScratchStack(50, async (stack) => {
  await stack.start();
  const mother = await Visitor.signedIn(stack.urls['gateway']!, 'guardian', goldenFamilies.F1.mother.number);
  const first = await mother.ask<{ viewer: { id: string } }>(startQuery);
  if (first.codes.length > 0) throw new Error(`the start query answers ${first.codes.join(', ')}`);
  const actor: Actor = { kind: 'guardian', personId: first.data!.viewer.id, level: 'substantial' };
  const answer = JSON.stringify({ data: first.data });

  const stock = await run('infra/bench/stock-gateway.ts', JSON.stringify(stockSetting(stack, actor)));
  const floorFile = join(mkdtempSync(join(tmpdir(), 'floor-')), 'answer.json');
  writeFileSync(floorFile, answer);
  const floor = await run('infra/bench/floor.ts', floorFile);
  try {
    const targets = [
      { name: 'gateway', ...gatewayTarget(stack, mother) },
      { name: 'stock', ...plain(stock, startQuery, answer) },
      { name: 'subgraph', ...(await subgraphTarget(stack, actor)) },
      { name: 'floor', ...plain(floor, startQuery, answer) },
    ];
    const results = new Map<string, Round[]>();
    for (let round = 0; round <= rounds; round += 1)
      for (const target of targets) {
        const result = await load(target, { seconds: round === 0 ? 2 : seconds, atOnce });
        process.stdout.write(
          `${target.name}: ${rounded(result.perSecond)} a second, p99 ${rounded(result.p99)} ms\n`,
        );
        if (round > 0) results.set(target.name, [...(results.get(target.name) ?? []), result]);
      }
    report('home', summary(results, memory(targets[0]!.pid).now, answer.length));
  } finally {
    stock.stop();
    floor.stop();
  }
});

function summary(results: ReadonlyMap<string, readonly Round[]>, gatewayMb: number, bytes: number) {
  const of = (name: string, figure: keyof Round) => median(results.get(name)!.map((round) => round[figure]));
  const figures = Object.fromEntries(
    [...results.keys()].flatMap((name) => [
      [`${name}_per_s`, rounded(of(name, 'perSecond'))],
      [`${name}_p50_ms`, rounded(of(name, 'p50'), 2)],
      [`${name}_p99_ms`, rounded(of(name, 'p99'), 2)],
      [`${name}_cpu_ms`, rounded(of(name, 'cpuMsPerRequest'), 3)],
    ]),
  );
  return {
    ...figures,
    gateway_vs_stock_per_s: rounded(of('gateway', 'perSecond') / of('stock', 'perSecond'), 2),
    gateway_vs_stock_cpu: rounded(of('stock', 'cpuMsPerRequest') / of('gateway', 'cpuMsPerRequest'), 2),
    gateway_vs_floor_per_s: rounded(of('gateway', 'perSecond') / of('floor', 'perSecond'), 3),
    gateway_mb: rounded(gatewayMb),
    answer_bytes: bytes,
  };
}

function gatewayTarget(stack: Stack, who: Visitor): Omit<Target, 'name'> {
  const url = new URL('/graphql', stack.urls['gateway']);
  const headers = { 'content-type': 'application/json', origin: url.origin, cookie: who.jar.header(url) };
  return {
    url,
    pid: stack.running()['gateway']!.pid,
    body: JSON.stringify({ query: startQuery }),
    headers: () => headers,
    check,
  };
}

function plain(part: { url: URL; pid: number }, query: string, answer: string): Omit<Target, 'name'> {
  const headers = { 'content-type': 'application/json' };
  return {
    ...part,
    body: JSON.stringify({ query }),
    headers: () => headers,
    check: (status, body) => {
      check(status, body);
      if (Math.abs(body.length - answer.length) > 200) throw new Error('the answers differ');
    },
  };
}

async function subgraphTarget(stack: Stack, actor: Actor): Promise<Omit<Target, 'name'>> {
  const setting = stockSetting(stack, actor);
  const signer = await createActorSigner(setting.issuer, JSON.parse(readFileSync(setting.keysFile, 'utf8')));
  const url = new URL(setting.urls.identity);
  return {
    url,
    pid: stack.running()['identity']!.pid,
    body: JSON.stringify({ query: oneSubgraph }),
    headers: async () => ({
      'content-type': 'application/json',
      authorization: `Bearer ${await signer.sign(actor, 'identity')}`,
    }),
    check,
  };
}

function stockSetting(stack: Stack, actor: Actor) {
  return {
    supergraphFile: join(root, 'schema/supergraph.graphql'),
    urls: {
      identity: stack.where.address('identity', '/graphql'),
      attendance: stack.where.address('attendance', '/graphql'),
    },
    keysFile: stack.where.secrets.signingKeysFile('actor-signing'),
    issuer: stack.where.publicAddress('gateway'),
    actor,
  };
}

function check(status: number, body: string): void {
  if (status !== 200 || body.includes('"errors"'))
    throw new Error(`answered ${status}: ${body.slice(0, 200)}`);
}

async function run(file: string, argument: string): Promise<{ url: URL; pid: number; stop: () => void }> {
  const child = spawn(process.execPath, [file, argument], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: new URL(line.toString().trim()), pid: child.pid!, stop: () => void child.kill('SIGTERM') };
}
