import { DrizzleQueryError } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type LogFields, createLog, describeCause } from './log.ts';
import { AppError } from './pure/errors.ts';

const written = (
  write: (log: ReturnType<typeof createLog>) => void,
): { text: string; line: Record<string, unknown> } => {
  let text = '';
  write(createLog('part', 'debug', { write: (line: string) => void (text += line) }));
  return { text, line: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
};

/** What must never be printed. All invented; the numbers are of no one, the month being eighty too high. */
const planted = [
  'MILD PARAPLY',
  'Mild Paraply',
  'PARAPLY',
  'Ærlig Østavind',
  '01818012345',
  '018180 12345',
  '+47 99 88 77 66',
  'mild.paraply@example.no',
  'eyJhbGciOiJFZERTQSJ9.eyJhY3RvciI6IngifQ.c2ln',
];
const clean = (text: string): void => {
  for (const person of planted) expect(text.toLowerCase()).not.toContain(person.toLowerCase());
};

describe('a line of the log (S-07)', () => {
  test('carries its part, its text and the fields that are listed', () => {
    const { line } = written((log) =>
      log.info('the bus is back', { stream: 'identity', count: 3, eventId: id }),
    );
    expect(line).toMatchObject({
      part: 'part',
      message: 'the bus is back',
      stream: 'identity',
      count: 3,
      eventId: id,
    });
  });

  test('carries no id of a person or a child: one of them may be protected (ADR-16)', () => {
    for (const field of ['personId', 'childId', 'groupId', 'absenceId'])
      expect(written((log) => log.info('hello', { [field]: id })).text).not.toContain(id);
  });

  const id = '0199e2b4-1111-7222-8333-123456789012';

  test.each(planted)('prints %j neither as message, field nor error', (person) => {
    clean(written((log) => log.info(`could not reach ${person} today`)).text);
    clean(written((log) => log.info('hello', { name: person } as LogFields)).text);
    // One word in capitals alone may be a code. It is for the caller to know.
    for (const field of person === 'PARAPLY'
      ? []
      : (['reason', 'part', 'code', 'eventId', 'endpoint'] as const))
      clean(written((log) => log.info('hello', { [field]: person })).text);
    for (const error of [
      new Error(`no ${person} here`),
      new TypeError(`${person} is not iterable`),
      new Error('outer', { cause: new Error(`inner ${person}`) }),
      Object.assign(new Error(`duplicate (${person})`), { code: '23505', detail: person, severity: 'ERROR' }),
      Object.assign(new Error(`no\n    at ${person} (here:1:1)`), { hint: person }),
      new AppError('INTERNAL', `for ${person}`),
      new DrizzleQueryError(`select '${person}'`, [person], new Error(person)),
      new AggregateError([new Error(person)], person),
      person,
      { person },
    ])
      clean(written((log) => log.error('failed', { error })).text);
  });

  test('prints no free text that an error quotes', () => {
    const parsing = (() => {
      try {
        return JSON.parse('has a fever');
      } catch (error) {
        return error;
      }
    })();
    const { text } = written((log) => log.error('failed', { error: parsing }));
    expect(text).not.toContain('fever');
  });

  test('prints no national number as a number or within a word', () => {
    for (const given of [1818012345, 41818012345, 'a41818012345', '418180-12345', 'x.41818012345'])
      expect(written((log) => log.info('hello', { reason: given })).text).not.toMatch(/1818-?0-?12345/);
  });

  test('prints ids, also where they hold many digits', () => {
    const digits = '01234567-1234-7123-8123-123456789012';
    const trace = '12345678901234567890123456789012';
    const { line } = written((log) =>
      log.info('hello', { eventId: digits, traceId: trace, reason: `child:${digits}` }),
    );
    expect(line).toMatchObject({ eventId: digits, traceId: trace, reason: `child:${digits}` });
  });

  test('says of an error where it was thrown, its kind and its code', () => {
    const cause = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    const { line } = written((log) => log.error('failed', { error: new TypeError('y', { cause }) }));
    expect(line['error']).toMatchObject({
      type: 'TypeError',
      cause: { type: 'Error', code: 'ECONNREFUSED' },
    });
    expect((line['error'] as { stack: string[] }).stack[0]).toContain('log.test.ts');
  });

  test('says of our own failures and of the system what they say themselves', () => {
    const own = written((log) =>
      log.error('failed', { error: new AppError('UNAVAILABLE', 'a ping took over 1000 ms') }),
    );
    expect(own.line['error']).toMatchObject({ message: 'a ping took over 1000 ms', code: 'UNAVAILABLE' });
    const busy = Object.assign(new Error('listen EADDRINUSE: address already in use 0.0.0.0:4000'), {
      ...{ code: 'EADDRINUSE', syscall: 'listen', port: 4000 },
    });
    expect(written((log) => log.error('failed', { error: busy })).line['error']).toMatchObject({
      code: 'EADDRINUSE',
      syscall: 'listen',
    });
  });

  test('is not written below the level', () => {
    const lines: string[] = [];
    const log = createLog('part', 'warn', { write: (line: string) => void lines.push(line) });
    log.debug('one');
    log.info('two');
    log.warn('three');
    expect(lines).toHaveLength(1);
  });
});

test('the cause of a dead letter names kinds, codes and fields, and no person (S-07)', () => {
  for (const person of planted) {
    const broken = z.object({ childId: z.uuid() }).safeParse({ childId: person });
    clean(describeCause(new AppError('BAD_USER_INPUT', 'not what was promised', { cause: broken.error })));
    clean(
      describeCause(
        new DrizzleQueryError('insert', [person], Object.assign(new Error(person), { code: '23505' })),
      ),
    );
  }
  const broken = z.object({ childId: z.uuid() }).safeParse({ childId: 1 });
  expect(
    describeCause(new AppError('BAD_USER_INPUT', 'not what was promised', { cause: broken.error })),
  ).toBe('AppError BAD_USER_INPUT: not what was promised < ZodError: childId invalid_type');
  expect(
    describeCause(new DrizzleQueryError('insert', [], Object.assign(new Error('x'), { code: '23505' }))),
  ).toBe('DrizzleQueryError < Error 23505');
});
