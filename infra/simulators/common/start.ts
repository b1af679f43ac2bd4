import type { FastifyInstance } from 'fastify';
import type { SimulatorEnvironment } from './environment.ts';

/** Listens, says so in one line of JSON, and ends cleanly when asked to. */
export async function start(
  part: string,
  app: FastifyInstance,
  environment: SimulatorEnvironment,
  facts: object,
): Promise<void> {
  const startedAt = performance.now();
  await app.listen({ host: environment.host, port: environment.port });
  console.log(
    JSON.stringify({
      part,
      listening: environment.publicUrl,
      pid: process.pid,
      startMs: Math.round(performance.now() - startedAt),
      memoryMb: Math.round(process.memoryUsage.rss() / 1_000_000),
      ...facts,
    }),
  );
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      // Callers keep their connections open; waiting for them would outlast any launcher's patience.
      void app.close().then(() => process.exit(0));
      setTimeout(() => process.exit(0), 3000).unref();
    });
  }
}
