import pino from 'pino';
import { z } from 'zod';
import { AppError } from './pure/errors.ts';

/**
 * The only things a log line may carry beside its fixed text: counts, codes, ids of what happened. Nothing here can hold a
 * person, and what is not here is not printed (S-07). Of a protected person not even an id is to stand in a log, and no line
 * can know who is (ADR-16): so there is none of people and children. Add a field only if no value of it could ever name, quote
 * or locate somebody.
 */
const fields = [
  'attempt',
  'clientId',
  'code',
  'consumer',
  'count',
  'durationMs',
  'endpoint',
  'entryId',
  'eventId',
  'eventType',
  'host',
  'level',
  'method',
  'operation',
  'part',
  'port',
  'position',
  'reason',
  'register',
  'requestId',
  'retryInMs',
  'role',
  'rule',
  'seq',
  'sequence',
  'sessionId',
  'signal',
  'status',
  'stream',
  'tabletId',
  'traceId',
  'unitId',
  'version',
] as const;

export type LogFields = {
  readonly [Field in (typeof fields)[number]]?: string | number | boolean | undefined;
} & {
  /** Printed as its kind, code and place; its message only where it is our own. */
  readonly error?: unknown;
};

export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

const allowed = new Set<string>(fields);

/** Words with capitals that our own texts use. Every other word with one might be a name. */
const knownWords = new Set([
  'HTTP',
  'ID',
  'JSON',
  'JWKS',
  'KRR',
  'NATS',
  'OIDC',
  'PIFU',
  'SIGINT',
  'SIGTERM',
  'URL',
]);

/**
 * Takes out what could name or locate somebody: words with a capital or a letter beyond a to z, long digits, addresses
 * of mail, tokens, and whatever stands in quotes.
 */
export const withoutPersons = (text: string): string =>
  text
    .replace(/\beyJ[\w-]*\.[\w.-]*/g, '[token]')
    .replace(/[^\s@]+@[^\s@]+/g, '[mail]')
    .replace(/(?<![\p{L}\d])(["'`«“])(?:(?!\1|[»”]).){1,400}["'`»”]/gu, '[quoted]')
    .replace(/\+?\d(?:[\s-]?\d){5,}/g, '[digits]')
    .replace(/[\p{L}\p{M}][\p{L}\p{M}\p{N}_’'-]*/gu, (word) =>
      /^[a-z][a-z0-9_'-]*$/.test(word) || knownWords.has(word) ? word : '[word]',
    )
    .slice(0, 500);

const idPattern =
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![0-9a-z])(?:[0-9a-f]{64}|[0-9a-f]{32})(?![0-9a-z])/g;

/** Value of a field: an id, a count, a code or a short word. What reads like a name, a sentence or a long number is none. */
function plainValue(field: string, value: unknown): string | number | boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Math.abs(value) < 1e9 ? value : '[withheld]';
  if (typeof value !== 'string') return undefined;
  const rest = value.replaceAll(idPattern, '');
  const isPlain = /^[\w.:/-]{0,120}$/.test(rest) && !/\d{6}-?\d{5}|eyJ/.test(rest);
  const isWord = field === 'operation' || !/[A-Z][a-z]/.test(rest);
  return isPlain && isWord ? value : '[withheld]';
}

/** What an error says of itself where that is our own fixed text, or the system's about an address; else nothing. */
const sayable = (error: Error): string | undefined =>
  error instanceof AppError || 'syscall' in error ? withoutPersons(error.message) : undefined;

const codeOf = ({ code }: Error & { code?: unknown }): string | number | undefined =>
  typeof code === 'number' || (typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code)) ? code : undefined;

/**
 * An error's kind, code and place in the code. Not its message: that is built of data more often than not, and the place
 * says which sentence it was.
 */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const places = error.stack
    ?.replace(error.message, '')
    .split('\n')
    .filter((line) => /^\s+at .*(:\d+:\d+\)?|<anonymous>\)?|native\)?)$/.test(line));
  return {
    type: error.constructor.name,
    code: codeOf(error),
    ...('syscall' in error ? { syscall: error.syscall } : {}),
    message: sayable(error),
    stack: places?.slice(0, 12).map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/** The kinds and codes of an error and of what caused it, in one line, for whoever looks into a dead letter. */
export function describeCause(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const said =
    error instanceof z.ZodError
      ? error.issues.map(
          ({ path, code }) => `${path.filter((step) => /^\w+$/.test(String(step))).join('.')} ${code}`,
        )
      : [sayable(error)].filter((text) => text !== undefined);
  const kind = [error.constructor.name, codeOf(error)].filter((part) => part !== undefined).join(' ');
  const line = said.length === 0 ? kind : `${kind}: ${said.slice(0, 5).join(', ')}`;
  return error.cause === undefined ? line : `${line} < ${describeCause(error.cause)}`;
}

/** A log of one part, as JSON lines on standard output. `message` is a fixed text: never build it from data. */
export function createLog(part: string, level: string, destination?: pino.DestinationStream): Log {
  const logger = pino(
    { level, base: { part }, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'message' },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
  const write =
    (at: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, given: LogFields = {}) => {
      const line: Record<string, unknown> = {};
      for (const [field, value] of Object.entries(given)) {
        if (field === 'error') line['error'] = describeError(value);
        else if (allowed.has(field) && value !== undefined) line[field] = plainValue(field, value);
      }
      logger[at](line, withoutPersons(message));
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
