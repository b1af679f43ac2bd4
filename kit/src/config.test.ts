import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigError, accessCopyConfig, readConfig, subgraphConfig } from './config.ts';
import { keyRing, secretKey } from './keys.ts';

const schema = z.object({ ...subgraphConfig, ...accessCopyConfig });
const complete = {
  ...{ PORT: '4003', OPS_PORT: '4063', ACTOR_ISSUER: 'gateway' },
  DATABASE_URL: 'postgres://attendance:very-secret@127.0.0.1:4040/attendance',
  NATS_URL: 'nats://attendance:very-secret@127.0.0.1:4041',
  GATEWAY_JWKS_URL: 'http://127.0.0.1:4000/.well-known/jwks.json',
};
const problemsOf = (env: NodeJS.ProcessEnv, of: z.ZodObject = schema): readonly string[] => {
  try {
    readConfig(of, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};
const fileWith = (content: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'config-')), 'value');
  writeFileSync(path, content);
  return path;
};

describe('the configuration', () => {
  test('is read by its types, with defaults where there are any', () => {
    expect(readConfig(schema, complete)).toEqual({
      ...complete,
      ...{ PORT: 4003, OPS_PORT: 4063, HOST: '0.0.0.0', LOG_LEVEL: 'info', ACCESS_MAX_STALENESS: 60 },
    });
  });

  test('tells every problem at once, and what each variable is for', () => {
    const problems = problemsOf({ PORT: 'many', LOG_LEVEL: 'loud', NATS_URL: 'http://here' });
    for (const name of [
      'PORT',
      'OPS_PORT',
      'LOG_LEVEL',
      'NATS_URL',
      'DATABASE_URL',
      'GATEWAY_JWKS_URL',
      'ACTOR_ISSUER',
    ])
      expect(problems.filter((problem) => problem.startsWith(`${name}: `))).toHaveLength(1);
    expect(problems).toContain("ACTOR_ISSUER: is missing (the gateway's name in actor tokens)");
  });

  test('takes an empty variable for a missing one', () => {
    expect(problemsOf({ ...complete, PORT: '', ACTOR_ISSUER: '' })).toEqual([
      'PORT: is missing (port that answers requests)',
      "ACTOR_ISSUER: is missing (the gateway's name in actor tokens)",
    ]);
    expect(readConfig(schema, { ...complete, LOG_LEVEL: '', NATS_URL_FILE: '' })).toMatchObject({
      LOG_LEVEL: 'info',
    });
  });

  test.each(['65536', '-1', '80.5', '0x50', ' '])('takes %j for no port', (PORT) => {
    expect(problemsOf({ ...complete, PORT })).toHaveLength(1);
  });

  test('reads X_FILE for X, without the line break at its end', () => {
    const { NATS_URL, ...rest } = complete;
    expect(readConfig(schema, { ...rest, NATS_URL_FILE: fileWith(`${NATS_URL}\n`) })).toMatchObject({
      NATS_URL,
    });
  });

  test('says which file cannot be read, and that X and X_FILE exclude each other', () => {
    const { NATS_URL: _left, ...rest } = complete;
    expect(problemsOf({ ...rest, NATS_URL_FILE: '/nowhere/at/all' })).toEqual([
      'NATS_URL_FILE: ENOENT: /nowhere/at/all',
    ]);
    expect(problemsOf({ ...complete, NATS_URL_FILE: fileWith('x') })[0]).toContain('not both');
  });

  test('never repeats a value: it may be a secret', () => {
    const keys = z.object({ KEYS: keyRing, KEY: secretKey, MODE: z.enum(['a', 'b']), ...schema.shape });
    const env = { ...complete, KEYS: 'hush:hush', KEY: 'hush', MODE: 'hush', PORT: 'hush', NATS_URL: 'hush' };
    const problems = problemsOf(env, keys);
    expect(problems).toHaveLength(5);
    expect(problems.join()).not.toContain('hush');
    expect(new ConfigError(problems).message).toContain('5 problem(s)');
  });
});

describe('key rings', () => {
  const key = Buffer.alloc(32, 7).toString('base64');

  test('use the first key for what is written and keep the others to read', () => {
    const ring = keyRing.parse(`new:${key},old:${Buffer.alloc(32, 8).toString('base64')}`);
    expect(ring.current).toBe('new');
    expect([...ring.keys.keys()]).toEqual(['new', 'old']);
  });

  test.each(['', 'new', `:${key}`, 'new:short', `a:${key},a:${key}`, `a:${key},`])('refuse %j', (text) => {
    expect(keyRing.safeParse(text).success).toBe(false);
  });
});
