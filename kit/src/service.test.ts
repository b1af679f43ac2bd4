import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { compiled } from './testing/compiled.ts';
import { freePort } from './testing/bus.ts';
import { eventually } from './testing/eventually.ts';

const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running)
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
});

/** Runs a part whose start is `body`, with `config`, `life` and `say` at hand. */
function part(body: string, env: Record<string, string>) {
  const code = `
    import { runPart } from './service.ts';
    import { processConfig } from './config.ts';
    import { z } from 'zod';
    const say = (text) => process.stdout.write('said ' + text + '\\n');
    const schema = z.object({ ...processConfig, SECRET: z.string().min(3).describe('a secret') });
    await runPart('sample', schema, async (config, life) => { ${body} });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { ...compiled, ...env },
  });
  running.push(child);
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return {
    child,
    exited: once(child, 'exit').then(() => child.exitCode),
    err: () => err,
    said: () => [...out.matchAll(/^said (.*)$/gm)].map(([, text]) => text),
    logged: () =>
      out
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as { message: string; reason?: string; part: string }),
  };
}

const environment = async () => ({ HOST: '127.0.0.1', OPS_PORT: String(await freePort()), SECRET: 'secret' });
const get = async (env: { OPS_PORT: string }, path: string) => {
  const response = await fetch(`http://127.0.0.1:${env.OPS_PORT}${path}`);
  return { status: response.status, text: await response.text() };
};
const ready = (env: { OPS_PORT: string }) =>
  eventually(async () => expect((await get(env, '/readyz')).status).toBe(200), 30_000);

// Each has processes and ports of its own, and waits for them to start and to stop: they do so side by side.
describe.concurrent('a part of the system', { timeout: 60_000 }, () => {
  test('does not start without its configuration: it lists every problem and ends with status 1', async () => {
    const { exited, err, said } = part(`say('started');`, { LOG_LEVEL: 'loud', SECRET: 'x' });
    expect(await exited).toBe(1);
    expect(err()).toContain('3 problem(s)');
    for (const name of ['OPS_PORT', 'LOG_LEVEL', 'SECRET']) expect(err()).toContain(`- ${name}: `);
    expect(said()).toEqual([]);
  });

  test('says that it lives, whether it is ready, and what it measures', async () => {
    const env = await environment();
    const { child } = part(
      `globalThis.ok = true; life.ready('sun', () => { if (!globalThis.ok) throw new Error('no'); });
      process.on('SIGUSR2', () => { globalThis.ok = false; });`,
      env,
    );
    await ready(env);
    expect((await get(env, '/livez')).text).toContain('alive');
    expect((await get(env, '/metrics')).text).toContain('process_resident_memory_bytes');
    child.kill('SIGUSR2');
    await eventually(async () =>
      expect(await get(env, '/readyz')).toEqual({ status: 503, text: '{"ready":false,"failing":["sun"]}' }),
    );
    expect((await get(env, '/livez')).status).toBe(200);
  });

  test('is not ready while a condition takes longer than a second', async () => {
    const env = await environment();
    part(`life.ready('slow', () => new Promise(() => {}));`, env);
    await eventually(async () => expect((await get(env, '/readyz')).text).toContain('["slow"]'));
  });

  test('is not ready while it starts', async () => {
    const env = await environment();
    part(`await new Promise(() => setInterval(() => {}, 1000));`, env);
    await eventually(async () => expect((await get(env, '/readyz')).text).toContain('["starting"]'));
  });

  test('on SIGTERM first says that it is not ready, then stops step by step, last opened first', async () => {
    const env = await environment();
    const { child, exited, said } = part(
      `for (const step of ['database', 'bus', 'http'])
         life.onStop(step, async () => { await new Promise((r) => setTimeout(r, 50)); say(step); });`,
      env,
    );
    await ready(env);
    child.kill('SIGTERM');
    await eventually(async () => expect((await get(env, '/readyz')).text).toContain('["stopping"]'));
    expect(said()).toEqual([]);
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
    expect(said()).toEqual(['http', 'bus', 'database']);
  });

  test('stops all that it opened also when a step fails', async () => {
    const env = await environment();
    const { child, exited, said, logged } = part(
      `life.onStop('database', () => say('database')); life.onStop('bus', () => { throw new Error('no'); });`,
      env,
    );
    await ready(env);
    child.kill('SIGINT');
    expect(await exited).toBe(0);
    expect(said()).toEqual(['database']);
    expect(logged().map(({ message }) => message)).toContain('a step of stopping failed');
  });

  test('that cannot start closes what it opened and ends with status 1', async () => {
    const { exited, said, logged } = part(
      `life.onStop('database', () => say('closed')); throw new Error('no');`,
      await environment(),
    );
    expect(await exited).toBe(1);
    expect(said()).toEqual(['closed']);
    expect(logged().map(({ message }) => message)).toContain('could not start');
  });

  test('ends with status 1 when its port is taken', async () => {
    const env = await environment();
    part('', env);
    await ready(env);
    const second = part('', env);
    expect(await second.exited).toBe(1);
  });

  test.each(['throw new Error("MILD PARAPLY")', 'void Promise.reject(new Error("MILD PARAPLY"))'])(
    'stops in order and with status 1 on %s, and logs no person (S-07)',
    async (bug) => {
      const env = await environment();
      const { exited, said, logged } = part(
        `life.onStop('database', () => say('closed')); setTimeout(() => { ${bug} }, 300);`,
        env,
      );
      expect(await exited).toBe(1);
      expect(said()).toEqual(['closed']);
      expect(JSON.stringify(logged())).toContain('an error that nothing caught');
      expect(JSON.stringify(logged())).not.toContain('PARAPLY');
    },
  );

  test('can be stopped while it starts', async () => {
    const env = await environment();
    const { child, exited } = part(`await new Promise(() => setInterval(() => {}, 1000));`, env);
    await eventually(async () => expect((await get(env, '/readyz')).status).toBe(503));
    await sleep(50);
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
  });
});
