import { Pool } from 'undici';
import { cpuSeconds, quantile } from './figures.ts';

export interface Target {
  readonly name: string;
  readonly url: URL;
  /** The process that answers, and what works behind it is not counted. */
  readonly pid: number;
  readonly body: string;
  /** Headers of one request; called for each, as an actor token is good for one. */
  readonly headers: () => Record<string, string> | Promise<Record<string, string>>;
  /** Throws when an answer is not what was asked for: a fast refusal is no result. */
  readonly check: (status: number, body: string) => void;
}

export interface Round {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpuMsPerRequest: number;
}

/** Sends requests, some at once, one after the other on each connection, for some seconds. */
export async function load(
  target: Target,
  { seconds, atOnce }: { seconds: number; atOnce: number },
): Promise<Round> {
  const pool = new Pool(target.url.origin, { connections: atOnce, pipelining: 1 });
  const path = `${target.url.pathname}${target.url.search}`;
  const times: number[] = [];
  const cpuBefore = cpuSeconds(target.pid);
  const began = performance.now();
  const end = began + seconds * 1000;
  const one = async (): Promise<void> => {
    while (performance.now() < end) {
      const sent = performance.now();
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path,
        headers: await target.headers(),
        body: target.body,
      });
      target.check(statusCode, await body.text());
      times.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  const took = (performance.now() - began) / 1000;
  const cpu = cpuSeconds(target.pid) - cpuBefore;
  await pool.close();
  return {
    perSecond: times.length / took,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    cpuMsPerRequest: (1000 * cpu) / times.length,
  };
}
