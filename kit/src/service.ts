import fastify from 'fastify';
import { flushCompileCache } from 'node:module';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { z } from 'zod';
import { ConfigError, type processConfig, readConfig } from './config.ts';
import { createLog, type Log } from './log.ts';
import { metrics } from './metrics.ts';

type ProcessShape = typeof processConfig;

/** What a running part offers to the code that starts it. */
export interface Life {
  readonly log: Log;
  /** Adds a condition of readiness; it must settle within a second and throws when it does not hold. */
  ready(name: string, check: () => Promise<void> | void): void;
  /** Adds a step of stopping. Steps run last added first, so what was opened first is closed last. */
  onStop(name: string, step: () => Promise<void> | void): void;
}

const stopWithinMs = 25_000;
const settleMs = 2_000;

/**
 * Runs one process of the system from start to stop. Reads the environment by `schema` and ends with status 1, every
 * problem listed and nothing started, when it does not hold. Serves `/livez`, `/readyz` and `/metrics` on `OPS_PORT`. On
 * SIGTERM or SIGINT it says it is not ready, waits until nobody sends it more, stops step by step and exits within 25 s.
 */
export async function runPart<Shape extends z.ZodRawShape & ProcessShape>(
  name: string,
  schema: z.ZodObject<Shape>,
  start: (config: z.infer<z.ZodObject<Shape>>, life: Life) => Promise<void>,
): Promise<void> {
  const config = readConfigOrExit(schema);
  const { HOST, OPS_PORT, LOG_LEVEL } = config as unknown as z.infer<z.ZodObject<ProcessShape>>;
  const log = createLog(name, LOG_LEVEL);
  const checks = new Map<string, () => Promise<void> | void>();
  const steps: { name: string; step: () => Promise<void> | void }[] = [];
  let state: 'starting' | 'running' | 'stopping' = 'starting';

  const stop = async (reason: string, status: number): Promise<void> => {
    if (state === 'stopping') return;
    const wasRunning = state === 'running';
    state = 'stopping';
    log.info('stopping', { reason });
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    if (wasRunning) await new Promise((resolve) => setTimeout(resolve, settleMs));
    for (const { name: part, step } of steps.toReversed()) {
      try {
        await step();
      } catch (error) {
        log.warn('a step of stopping failed', { part, error });
      }
    }
    log.info('stopped');
    process.exit(status);
  };
  process.on('SIGTERM', () => void stop('SIGTERM', 0));
  process.on('SIGINT', () => void stop('SIGINT', 0));
  process.on('uncaughtException', (error) => {
    log.error('an error that nothing caught', { error });
    void stop('bug', 1);
  });

  const lag = monitorEventLoopDelay({ resolution: 20 });
  lag.enable();
  const ops = fastify({ logger: false });
  ops.get('/livez', () => ({ status: 'alive', eventLoopLagMs: Math.round(lag.percentile(99) / 1e6) }));
  ops.get('/readyz', async (_request, reply) => {
    const failing = state === 'running' ? await failingChecks(checks) : [state];
    return reply.status(failing.length === 0 ? 200 : 503).send({ ready: failing.length === 0, failing });
  });
  ops.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );

  try {
    await ops.listen({ host: HOST, port: OPS_PORT });
    steps.push({ name: 'ops', step: () => ops.close() });
    await start(config, {
      log,
      ready: (check, fn) => void checks.set(check, fn),
      onStop: (part, step) => void steps.push({ name: part, step }),
    });
    if (state === 'starting') state = 'running';
    log.info('started', { port: OPS_PORT });
    // Not only at the end, which a killed process does not reach: the next start is to find what this one compiled.
    flushCompileCache();
  } catch (error) {
    log.error('could not start', { error });
    await stop('could not start', 1);
  }
}

/** Reads the environment or ends the process with status 1 and every problem on standard error. */
export function readConfigOrExit<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
): z.infer<z.ZodObject<Shape>> {
  try {
    return readConfig(schema);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

async function failingChecks(checks: ReadonlyMap<string, () => Promise<void> | void>): Promise<string[]> {
  const names = await Promise.all(
    [...checks].map(async ([name, check]) => {
      const late = Promise.withResolvers<never>();
      const timer = setTimeout(() => late.reject(new Error('late')), 1000);
      try {
        await Promise.race([check(), late.promise]);
        return undefined;
      } catch {
        return name;
      } finally {
        clearTimeout(timer);
      }
    }),
  );
  return names.filter((name) => name !== undefined);
}
