import { isObject, numberOf } from '../../domain/parse.ts';
import { RegisterFault } from '@ranselpost/kit/outside/fault';
import { faultOf, jsonOf, openOrigin } from '@ranselpost/kit/outside/http';
import type { Tokens } from '@ranselpost/kit/outside/maskinporten';
import { askWithToken } from '@ranselpost/kit/outside/with-token';

/** The contact and reservation register, by look-up. */
export interface ContactRegister {
  /** Looks up at most 1000 persons. Answers what the register gave for each, undefined for those it left out. */
  lookUp(numbers: readonly string[]): Promise<unknown[]>;
  /** Whether the register lets us follow what changes. */
  readonly canFollow: boolean;
  /** What has changed since a change, which may be counted in. Answers the body, whatever is in it. */
  changes(from: number): Promise<unknown>;
  close(): Promise<void>;
}

export interface KrrOptions {
  readonly base: string;
  readonly scope: string;
  /** Undefined where it has not been granted. */
  readonly changesScope: string | undefined;
  readonly tokens: Tokens;
}

const register = 'krr';
const operation = 'look-up';

export function openKrr({ base, scope, changesScope, tokens }: KrrOptions): ContactRegister {
  const origin = openOrigin({ register, base, retryAfterUnitMs: 1_000, connections: 4 });
  return {
    lookUp: async (numbers) => {
      const answer = await askWithToken(origin, tokens, scope, {
        operation,
        method: 'POST',
        path: '/rest/v2/personer',
        headers: async () => ({}),
        body: JSON.stringify({ personidentifikatorer: numbers }),
        deadlineMs: 30_000,
      });
      if (answer.status !== 200) throw faultOf(answer, register, operation);
      const body = jsonOf(answer, register, operation);
      if (!isObject(body) || !Array.isArray(body['personer']))
        throw new RegisterFault('refused', { register, operation, status: answer.status, code: 'shape' });
      const found = new Map<string | null, unknown>();
      for (const person of body['personer'] as readonly unknown[])
        if (isObject(person)) found.set(numberOf(person['personidentifikator']), person);
      return numbers.map((number) => found.get(number));
    },
    canFollow: changesScope !== undefined,
    changes: async (from) => {
      const changes = 'changes';
      const answer = await askWithToken(origin, tokens, `${scope} ${changesScope ?? ''}`.trim(), {
        operation: changes,
        method: 'POST',
        path: '/rest/v2/krr/hentEndringer',
        headers: async () => ({}),
        body: JSON.stringify({ fraEndringsId: from }),
        deadlineMs: 30_000,
      });
      if (answer.status !== 200) throw faultOf(answer, register, changes);
      return jsonOf(answer, register, changes);
    },
    close: () => origin.close(),
  };
}
