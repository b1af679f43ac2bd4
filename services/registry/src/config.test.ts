import { type ConfigError, readConfig } from '@ranselpost/kit/config';
import { describe, expect, test } from 'vitest';
import { config } from './config.ts';

const problems = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(config, env);
    return [];
  } catch (error) {
    return (error as ConfigError).problems;
  }
};
const about = (name: string, value: string): string | undefined =>
  problems({ [name]: value }).find((problem) => problem.startsWith(`${name}:`));

describe('the configuration', () => {
  test('names everything that is missing at once, and has a default for no secret', () => {
    const missing = problems({}).map((problem) => problem.split(':')[0]);
    expect(missing).toEqual(
      expect.arrayContaining([
        ...['DATABASE_URL', 'NATS_URL', 'NUMBER_SERIES', 'NUMBER_KEYS', 'NUMBER_LOOKUP_KEY', 'SEAL_KEYS'],
        ...['MASKINPORTEN_ISSUER', 'MASKINPORTEN_CLIENT_ID', 'MASKINPORTEN_KEY', 'FREG_URL', 'FREG_ROLE_ID'],
        ...['FREG_SCOPE', 'FIKS_INTEGRATION_ID', 'FIKS_INTEGRATION_PASSWORD', 'KRR_URL', 'KRR_SCOPE'],
      ]),
    );
  });

  test.each(['not json', '{"kty":"EC","kid":"a","d":"secret-part"}', '{"kty":"RSA","d":"secret-part"}'])(
    'takes no key that cannot sign a grant, and does not repeat it: %s',
    (key) => {
      expect(about('MASKINPORTEN_KEY', key)).toMatch(/must be a private RSA key/);
      expect(problems({ MASKINPORTEN_KEY: key }).join()).not.toContain('secret-part');
    },
  );

  test('lets contact data grow no older than a day (KRR-07)', () => {
    expect(about('CONTACT_REFRESH_INTERVAL_MS', '86400001')).toBeDefined();
    expect(about('CONTACT_REFRESH_INTERVAL_MS', '86400000')).toBeUndefined();
  });
});
