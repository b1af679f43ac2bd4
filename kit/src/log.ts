import pino from 'pino';
import { AppError } from './pure/errors.ts';

/**
 * The only things a log line may carry beside its fixed text. Ids, counts, codes: nothing here can hold a person, and
 * what is not here is not printed (S-07). Add a field only if no value of it could ever name, quote or locate somebody.
 */
const fields = [
  'absenceId',
  'attempt',
  'childId',
  'clientId',
  'code',
  'consumer',
  'count',
  'durationMs',
  'endpoint',
  'eventId',
  'eventType',
  'groupId',
  'host',
  'level',
  'method',
  'operation',
  'part',
  'personId',
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
  'traceId',
  'unitId',
  'version',
] as const;

export type LogFields = {
  readonly [Field in (typeof fields)[number]]?: string | number | boolean | undefined;
} & {
  /** Printed as its type, code and stack; its message only after `withoutPersons`. */
  readonly error?: unknown;
};

export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

const allowed = new Set<string>(fields);

/** Takes out what could name or locate somebody: digits in rows, addresses of mail, and whatever stands in quotes. */
export const withoutPersons = (text: string): string =>
  text
    .replace(/\beyJ[\w-]*\.[\w.-]*/g, '[token]')
    .replace(/[\w.+-]+@[\w-]+\.[\w.-]+/g, '[mail]')
    .replace(/(["'`«“])(?:(?!\1|[»”]).){1,400}["'`»”]/g, '[quoted]')
    .replace(/(?<![\w-])\+?\d(?:[\s-]?\d){5,}(?![\w-])/g, '[digits]')
    .slice(0, 500);

/** Text of a field: an id, a code or a short word. Anything that reads like a sentence or holds a long number is not. */
const plainValue = (value: unknown): string | number | boolean | undefined => {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  return /^[\w.:/-]{1,120}$/.test(value) && !/(?<![0-9a-f-])\d{11}(?![0-9a-f-])/i.test(value)
    ? value
    : '[withheld]';
};

function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  const code = (error as { code?: unknown }).code;
  return {
    type: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    message: error instanceof AppError ? error.message.slice(0, 200) : withoutPersons(error.message),
    stack: stack?.slice(0, 12).map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
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
        else if (allowed.has(field) && value !== undefined) line[field] = plainValue(value);
      }
      logger[at](line, withoutPersons(message));
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
