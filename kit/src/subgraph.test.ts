import { GraphQLError } from 'graphql';
import { describe, expect, test } from 'vitest';
import { createLog } from './log.ts';
import { AppError, errorCodes, publicMessages } from './pure/errors.ts';
import { maskError } from './subgraph.ts';

const secret = 'MILD PARAPLY at 10.0.0.7';
const mask = (error: unknown, extensions: object = {}) => {
  let logged = '';
  const log = createLog('test', 'debug', { write: (line: string) => void (logged += line) });
  const given = { originalError: error as Error, path: ['child', 0], extensions: { ...extensions } };
  const wrapped = error instanceof GraphQLError ? error : new GraphQLError(String(error), given);
  return { shown: maskError(wrapped.toJSON(), wrapped, log), logged };
};

describe('what a caller sees of an error (S-07)', () => {
  test.each(errorCodes)(
    'is the fixed text of %s, with its path, and nothing of what was said inside',
    (code) => {
      const { shown } = mask(new AppError(code, secret, { cause: new Error(secret) }));
      expect(shown).toEqual({ message: publicMessages[code], path: ['child', 0], extensions: { code } });
    },
  );

  test('is INTERNAL for a bug, which is logged with its place', () => {
    const { shown, logged } = mask(new TypeError(secret), { code: 'INTERNAL_SERVER_ERROR', stack: secret });
    expect(shown).toEqual({
      message: publicMessages.INTERNAL,
      path: ['child', 0],
      extensions: { code: 'INTERNAL' },
    });
    expect(logged).toContain('a bug');
    expect(logged).toContain('subgraph.test.ts');
    expect(logged).not.toContain('PARAPLY');
  });

  test.each(['NOT_FOUND', 'UNAVAILABLE', 'FORBIDDEN'])(
    'is INTERNAL for a bug that calls itself %s',
    (code) => {
      const error = Object.assign(new Error(secret), { extensions: { code } });
      expect(mask(error, { code }).shown.extensions).toEqual({ code: 'INTERNAL' });
    },
  );

  test.each(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'])(
    'is BAD_USER_INPUT for %s, without what was sent',
    (code) => {
      const { shown } = mask(
        new GraphQLError(`Variable "$input" got invalid value "${secret}"`, { extensions: { code } }),
      );
      expect(shown).toEqual({
        message: publicMessages.BAD_USER_INPUT,
        extensions: { code: 'BAD_USER_INPUT' },
      });
    },
  );
});
