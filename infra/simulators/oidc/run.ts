import type { FastifyInstance } from 'fastify';
import { readEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';

/** Starts a simulator from its environment, says so in one line of JSON, and stops when it is told to. */
export async function run(
  part: string,
  build: (environment: Environment) => Promise<FastifyInstance>,
): Promise<void> {
  try {
    const environment = readEnvironment();
    const app = await build(environment);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => void app.close().then(() => process.exit(0)));
    }
    await app.listen({ host: environment.host, port: environment.port });
    console.log(
      JSON.stringify({
        part,
        listening: environment.publicUrl,
        pid: process.pid,
        startMs: Math.round(performance.now()),
        memoryMb: Math.round(process.memoryUsage.rss() / 1_000_000),
      }),
    );
  } catch (error) {
    console.error(JSON.stringify({ part, error: (error as Error).message }));
    process.exit(1);
  }
}
