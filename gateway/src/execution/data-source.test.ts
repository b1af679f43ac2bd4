import { createActorSigner } from '@ranselpost/kit/actor-token';
import { guardian } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { privateJwk } from '../testing/gateway.ts';
import type { Call } from './call.ts';
import { SubgraphDataSource } from './data-source.ts';
import { Seen } from './seen.ts';
import { createSubgraphClient } from './subgraph-client.ts';

// Nobody is there to be asked: it does not come to that.
const client = createSubgraphClient({ url: new URL('http://127.0.0.1:1/graphql'), onChange: () => {} });
let source: SubgraphDataSource;
beforeAll(async () => {
  const { privateJwk: key } = await privateJwk('EdDSA', 'actor-1');
  source = new SubgraphDataSource(
    'attendance',
    client,
    await createActorSigner('http://gateway', { keys: [key] }),
  );
});
afterAll(() => client.close());

const codesOf = async (failure: Error): Promise<readonly unknown[]> => {
  const context: Call = {
    actor: guardian(),
    seen: new Seen(() => Promise.reject(failure)),
    requestId: 'request',
    deadline: performance.now() + 60_000,
    onFault: () => {},
    onChange: async () => {},
  };
  const answer = await source.process({ request: { query: 'mutation { reportAbsence }' }, context });
  return (answer.errors ?? []).map(({ extensions }) => extensions?.['code']);
};

describe('a change that cannot be sent, as what its session has seen cannot be read', () => {
  test('is UNAVAILABLE while our database is away, and a bug otherwise (S-05, S-26)', async () => {
    expect(await codesOf(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))).toEqual([
      'UNAVAILABLE',
    ]);
    expect(await codesOf(Object.assign(new Error('starting up'), { code: '57P03' }))).toEqual([
      'UNAVAILABLE',
    ]);
    expect(await codesOf(new Error('a mistake'))).toEqual(['INTERNAL']);
  });
});
