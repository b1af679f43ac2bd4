import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Surroundings, environment, surroundings } from './testing/gateway.ts';
import { freePort } from '@ranselpost/kit/testing/bus';

let around: Surroundings;

beforeAll(async () => {
  around = await surroundings();
});
afterAll(() => around.close());

const main = new URL('main.ts', import.meta.url).pathname;

function run(env: Record<string, string>): {
  process: ChildProcess;
  errors: () => string;
  status: Promise<number | null>;
} {
  const started = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  started.stderr.on('data', (chunk) => (errors += String(chunk)));
  return {
    process: started,
    errors: () => errors,
    status: once(started, 'close').then(([status]) => status as number | null),
  };
}

describe('the process', () => {
  test('ends at once and tells every problem when its environment does not hold', async () => {
    const { errors, status } = run({ PORT: 'none', INTROSPECTION: 'maybe', IDPORTEN_KEY: 'planted' });
    expect(await status).toBe(1);
    for (const name of ['PORT', 'OPS_PORT', 'INTROSPECTION', 'IDPORTEN_KEY', 'DATABASE_URL', 'STAFF_ISSUER'])
      expect(errors()).toContain(`${name}: `);
    expect(errors()).not.toContain('planted');
  });

  test('becomes ready without subgraphs, issuers or bus, stops when told, and keeps nobody hanging', async () => {
    const [port, ops] = [await freePort(), await freePort()];
    const env = await environment(around, port, { OPS_PORT: String(ops), NATS_URL: 'nats://127.0.0.1:1' });
    const { process: started, status } = run(env);
    await eventually(
      async () => expect((await fetch(`http://127.0.0.1:${ops}/readyz`)).status).toBe(200),
      20_000,
    );
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    expect(await (await fetch(`http://127.0.0.1:${ops}/metrics`)).text()).toContain(
      'graphql_operation_duration_seconds',
    );
    started.kill('SIGTERM');
    expect(await status).toBe(0);
  });
});
