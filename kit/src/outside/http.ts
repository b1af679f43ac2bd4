import { registerRequestDuration } from '../metrics.ts';
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { RegisterFault, codeOf } from './fault.ts';

/** What is asked of an outside system. */
export interface Question {
  /** Our own word for what is asked, for logs and metrics. */
  readonly operation: string;
  readonly method: 'GET' | 'POST';
  /** From the base on, with a slash in front. */
  readonly path: string;
  /** Made anew for each try. `attempt` counts from 1. */
  readonly headers: (attempt: number) => Promise<Readonly<Record<string, string>>>;
  readonly body?: string | Buffer | ((attempt: number) => Promise<string | Readable>);
  readonly deadlineMs: number;
  /** Set for what must not be asked twice without a look at what the first time did. */
  readonly isOnce?: true;
}

/** What it said, as text. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly etag: string | null;
  readonly requestId: string;
}

/** One outside system. */
export interface Origin {
  ask(question: Question): Promise<Answer>;
  close(): Promise<void>;
}

/** Where it is, and how it means what it says. */
export interface OriginOptions {
  readonly register: string;
  /** Address that every path is put behind. */
  readonly base: string;
  /** What one unit of `Retry-After` is worth: Folkeregisteret counts milliseconds, others seconds. */
  readonly retryAfterUnitMs: 1 | 1_000;
  readonly connections?: number;
}

const tries = 3;
/** A wait longer than this is the caller's to plan for. */
const longestWaitMs = 3_000;
const mostBytes = 64 * 1024 * 1024;
const passingStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * One outside system over its own connections. Each try has a deadline; what is worth trying again is tried again, with
 * jitter, unless a question says that it does more than read. Answers whatever the system said in the end but 429 and 5xx, which are faults.
 */
export function openOrigin({ register, base, retryAfterUnitMs, connections = 8 }: OriginOptions): Origin {
  const { origin, pathname } = new URL(base);
  const prefix = pathname.replace(/\/$/, '');
  const pool = new Pool(origin, { connections, keepAliveTimeout: 30_000, connect: { timeout: 5_000 } });

  const askOnce = async (question: Question, attempt: number, requestId: string): Promise<Response> => {
    const { body, method, path, deadlineMs } = question;
    const headers = {
      accept: 'application/json',
      'x-request-id': requestId,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(await question.headers(attempt)),
    };
    const content = typeof body === 'function' ? await body(attempt) : body;
    const startedAt = performance.now();
    let status = 'none';
    try {
      const response = await pool.request({
        method,
        path: prefix + path,
        headers,
        ...(content === undefined ? {} : { body: content }),
        signal: AbortSignal.timeout(deadlineMs),
      });
      status = String(response.statusCode);
      const text = await readText(response.body);
      return {
        status: response.statusCode,
        text,
        etag: single(response.headers['etag']),
        retryAfter: single(response.headers['retry-after']),
      };
    } finally {
      registerRequestDuration.observe({ register, status }, (performance.now() - startedAt) / 1_000);
    }
  };

  return {
    ask: async (question) => {
      const { operation } = question;
      for (let attempt = 1; ; attempt += 1) {
        const requestId = randomUUID();
        let waitMs: number;
        let fault: RegisterFault;
        try {
          const { status, text, etag, retryAfter } = await askOnce(question, attempt, requestId);
          if (!passingStatuses.has(status)) return { status, text, etag, requestId };
          const wanted = readRetryAfter(retryAfter, retryAfterUnitMs);
          waitMs = wanted ?? jittered(attempt);
          fault = new RegisterFault(status === 500 ? 'refused' : 'away', {
            register,
            operation,
            status,
            code: codeOf(text),
            requestId,
            ...(wanted === undefined ? {} : { retryInMs: wanted }),
          });
        } catch (cause) {
          if (cause instanceof RegisterFault) throw cause;
          waitMs = jittered(attempt);
          fault = new RegisterFault('away', { register, operation, requestId }, { cause });
        }
        if (question.isOnce || attempt >= tries || waitMs > longestWaitMs) throw fault;
        await sleep(waitMs);
      }
    },
    close: () => pool.close(),
  };
}

type Response = Omit<Answer, 'requestId'> & { readonly retryAfter: string | null };

const jittered = (attempt: number): number => 100 * 3 ** (attempt - 1) * (0.5 + Math.random());

const single = (header: string | string[] | undefined): string | null =>
  (Array.isArray(header) ? header[0] : header) ?? null;

/** A count of units, or a date as HTTP also allows. */
function readRetryAfter(header: string | null, unitMs: number): number | undefined {
  if (header === null) return undefined;
  const count = Number(header);
  const ms = Number.isFinite(count) ? count * unitMs : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 600_000) : undefined;
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > mostBytes) throw new Error('the answer is longer than any answer should be');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The JSON of an answer that says it succeeded. A page or a torn text in its place is a fault like any other. */
export function jsonOf({ text, status, requestId }: Answer, register: string, operation: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RegisterFault('refused', { register, operation, status, code: codeOf(text), requestId });
  }
}

/** Not being let in concerns everybody; any other answer but the wanted one may be because of what was asked about. */
export function faultOf(
  { status, text, requestId }: Answer,
  register: string,
  operation: string,
): RegisterFault {
  const kind = status === 401 || status === 403 ? 'away' : 'refused';
  return new RegisterFault(kind, { register, operation, status, code: codeOf(text), requestId });
}
