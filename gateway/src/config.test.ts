import { ConfigError, readConfig } from '@ranselpost/kit/config';
import { expect, test } from 'vitest';
import { gatewayConfig } from './config.ts';

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(gatewayConfig, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

/** All but what staff are logged in by. */
const whole = {
  ...{ PORT: '1', OPS_PORT: '2', PUBLIC_URL: 'http://gateway.test' },
  ...{ DATABASE_URL: 'postgres://db.test/gateway', NATS_URL: 'nats://bus.test' },
  ACTOR_SIGNING_KEYS: JSON.stringify({ keys: [{ kty: 'OKP', crv: 'Ed25519', d: 'x', x: 'y', kid: 'a' }] }),
  ...{ IDPORTEN_ISSUER: 'http://id.test', IDPORTEN_CLIENT_ID: 'id', IDPORTEN_KEY: '{"kty":"RSA","d":"x"}' },
  ...{
    STAFF_ISSUER: 'http://staff.test',
    STAFF_CLIENT_ID: 'id',
    MASKINPORTEN_ISSUER: 'http://machine.test/',
  },
  ...{
    IDENTITY_URL: 'http://identity.test',
    MESSAGING_URL: 'http://messaging.test',
    ATTENDANCE_URL: 'http://attendance.test',
    PLACEMENT_URL: 'http://placement.test',
  },
};

test('an empty environment has every problem told at once', () => {
  const problems = problemsOf({});
  for (const name of ['PUBLIC_URL', 'ACTOR_SIGNING_KEYS', 'IDPORTEN_KEY', 'DATABASE_URL', 'ATTENDANCE_URL'])
    expect(problems.some((problem) => problem.startsWith(`${name}: is missing`))).toBe(true);
});

test('a key that is no private key is refused, and not repeated in the problem', () => {
  const publicKey = '{"kty":"OKP","crv":"Ed25519","x":"planted","kid":"a"}';
  const problems = problemsOf({
    ACTOR_SIGNING_KEYS: `{"keys":[${publicKey}]}`,
    IDPORTEN_KEY: publicKey,
    STAFF_KEY: 'planted',
  }).filter((problem) => /KEY/.test(problem));
  expect(problems).toHaveLength(3);
  expect(problems.join()).not.toContain('planted');
});

test('staff are logged in by a key or a secret of ours: one of the two, and not both', () => {
  const key = JSON.stringify({ kty: 'RSA', d: 'x', n: 'y', e: 'AQAB' });
  const secret = 'a-secret-of-the-issuer';
  const problemsWith = (given: Record<string, string>) =>
    problemsOf({ ...whole, ...given }).filter((problem) => problem.startsWith('STAFF_'));
  expect(problemsWith({ STAFF_KEY: key })).toEqual([]);
  expect(problemsWith({ STAFF_SECRET: secret })).toEqual([]);
  expect(problemsWith({})).toHaveLength(1);
  expect(problemsWith({ STAFF_KEY: key, STAFF_SECRET: secret })).toHaveLength(1);
});

test('a session cannot be made to live longer than the rules allow', () => {
  const problems = problemsOf({ SESSION_IDLE_SECONDS: '1801', SESSION_MAX_SECONDS: '28801' });
  expect(problems.filter((problem) => problem.startsWith('SESSION_'))).toHaveLength(2);
});

test('what is not said is closed: no introspection, and browsers send registered operations alone', () => {
  expect(gatewayConfig.shape.INTROSPECTION.parse(undefined)).toBe('off');
  expect(gatewayConfig.shape.OPERATIONS.parse(undefined)).toBe('registered');
});
