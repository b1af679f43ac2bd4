import { GraphQLError, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { createLog } from './log.ts';
import { AppError, errorCodes, publicMessages } from './pure/errors.ts';
import type { Actor } from './pure/actor.ts';
import { maskError, startSubgraph } from './subgraph.ts';
import { guardian, staff } from './testing/actors.ts';
import { freePort } from './testing/bus.ts';
import { noDatabase } from './testing/database.ts';
import { testLife } from './testing/life.ts';

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

describe('what whoever asks has seen of identity (S-05)', () => {
  const ask = async (
    actor: Actor,
    query: string,
    { seen = 'then', isHeard = false }: { readonly seen?: string | null; readonly isHeard?: boolean } = {},
  ) => {
    const life = testLife('fatal');
    const port = await freePort();
    const carriedOut: string[] = [];
    const does = (name: string) => () => void carriedOut.push(name);
    await startSubgraph({
      ...{ host: '127.0.0.1', port, life, db: noDatabase(), context: (by: Actor) => ({ actor: by }) },
      typeDefs: parse('type Query { a: Int } type Mutation { b: Int c: Int }'),
      resolvers: { Query: { a: does('a') }, Mutation: { b: does('b'), c: does('c') } },
      verifyActor: async () => ({ actor, seen }),
      seeing: { say: async () => 'now', await: async () => isHeard },
    });
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const answer = { status: response.status, body: await response.json(), carriedOut };
    await life.stop();
    return { ...answer, said: response.headers.get('ranselpost-seen') };
  };
  const change = 'mutation { b other: c }';

  test('refuses a change by staff whole where it is not heard here: each field, and no fault of ours', async () => {
    expect(await ask(staff(), change)).toEqual({
      ...{ status: 200, carriedOut: [], said: 'now' },
      body: {
        data: null,
        errors: ['b', 'other'].map((field) => ({
          ...{ message: publicMessages.UNAVAILABLE, path: [field], extensions: { code: 'UNAVAILABLE' } },
        })),
      },
    });
  });

  test.each<[string, Actor, string, { seen?: string | null; isHeard?: boolean }]>([
    ['once it is heard', staff(), change, { isHeard: true }],
    ['by staff who have seen nothing', staff(), change, { seen: null }],
    ['by a guardian, who takes nothing from anybody', guardian(), change, {}],
    ['that only reads', staff(), '{ a }', {}],
  ])('carries out what is asked %s', async (_what, actor, query, more) => {
    const { carriedOut, said } = await ask(actor, query, more);
    expect(carriedOut).toEqual(query === change ? ['b', 'c'] : ['a']);
    expect(said).toBe(actor.kind === 'staff' ? 'now' : null);
  });
});
