import type { ActorSigner } from '@ranselpost/kit/actor-token';
import { describe, expect, test } from 'vitest';
import type { Call } from './call.ts';
import { SubgraphDataSource } from './data-source.ts';
import { Seen } from './seen.ts';
import type { SubgraphClient } from './subgraph-client.ts';

const client = {
  post: ({ token }: { token: () => Promise<string> }) => token(),
} as unknown as SubgraphClient;
const signer = { sign: async () => 'token' } as unknown as ActorSigner;

const codesOf = async (failure: Error): Promise<readonly unknown[]> => {
  const call = {
    seen: new Seen(() => Promise.reject(failure)),
    deadline: performance.now() + 60_000,
    onFault: () => {},
    onChange: async () => {},
  } as unknown as Call;
  const given = { request: { query: 'mutation { reportAbsence }' }, context: call };
  const answer = await new SubgraphDataSource('attendance', client, signer).process(given as never);
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
