import { serviceConfig } from '@ranselpost/kit/config';
import { keyRing, secretKey } from '@ranselpost/kit/keys';
import type { JWK } from 'jose';
import { z } from 'zod';

const address = z.url({ protocol: /^https?$/ });
const dayMs = 86_400_000;

/** The private key that machine tokens are asked for with: an RSA JWK with a `kid`. */
const privateKey = z.string().transform((text, context): JWK => {
  try {
    const key = JSON.parse(text) as JWK;
    if (key.kty === 'RSA' && typeof key.kid === 'string' && typeof key.d === 'string') return key;
  } catch {
    // What was given is a secret: it is not repeated, not even in part.
  }
  context.addIssue('must be a private RSA key as a JWK in JSON, with a kid');
  return z.NEVER;
});

export const config = z.object({
  ...serviceConfig,
  NUMBER_SERIES: z
    .enum(['synthetic', 'real'])
    .describe('the only series of national numbers that may be held here'),
  NUMBER_KEYS: keyRing.describe(
    'keys that numbers are encrypted with in the database; the first is used for new ones',
  ),
  NUMBER_LOOKUP_KEY: secretKey.describe('key of the hash that numbers are found by'),
  SEAL_KEYS: keyRing.describe('keys that contents are sealed with on the bus, shared with identity'),
  CONTACT_KEYS: keyRing.describe(
    'keys that contact data is sealed with on the bus, shared with whoever sends',
  ),
  MASKINPORTEN_ISSUER: address.describe('issuer of machine tokens, exactly as its metadata gives it'),
  MASKINPORTEN_CLIENT_ID: z.string().min(1).describe('our client at the issuer'),
  MASKINPORTEN_KEY: privateKey.describe('the private key registered on that client'),
  FREG_URL: address.describe('Folkeregisteret through Fiks, up to and including /folkeregister/api/v1'),
  FREG_ROLE_ID: z.string().min(1).describe('the role at Fiks: legal basis and field set'),
  FREG_SCOPE: z.string().min(1).describe('scope for Folkeregisteret'),
  FIKS_INTEGRATION_ID: z.string().min(1).describe('our integration at Fiks'),
  FIKS_INTEGRATION_PASSWORD: z.string().min(1).describe("the integration's password"),
  KRR_URL: address.describe('the contact and reservation register'),
  KRR_SCOPE: z
    .string()
    .min(1)
    .describe('scopes for contact data, and for whether there is a digital mailbox'),
  KRR_CHANGES_SCOPE: z
    .string()
    .min(1)
    .optional()
    .describe('scope for what changes in the contact register, where it has been granted'),
  NSR_URL: address.describe('the register of schools, up to and including its version'),
  NBR_URL: address.describe('the register of kindergartens, up to and including its version'),
  BRREG_URL: address.describe('the register of units, up to and including /enhetsregisteret/api'),
  MUNICIPALITY_NUMBER: z
    .string()
    .regex(/^\d{4}$/)
    .describe("the municipality's number, four digits: its schools and kindergartens are followed"),
  MUNICIPALITY_ORGANISATION: z
    .string()
    .regex(/^\d{9}$/)
    .describe("the municipality's organisation number: what belongs to it is municipal"),
  UNIT_POLL_INTERVAL_MS: z.coerce
    .number()
    .int()
    .min(10)
    .max(7 * dayMs)
    .default(dayMs)
    .describe('milliseconds between two looks through the schools and kindergartens'),
  FEED_POLL_INTERVAL_MS: z.coerce
    .number()
    .int()
    .min(10)
    .max(900_000)
    .default(60_000)
    .describe('milliseconds between the beginnings of two polls of the feed'),
  CONTACT_POLL_INTERVAL_MS: z.coerce
    .number()
    .int()
    .min(10)
    .max(3_600_000)
    .default(600_000)
    .describe('milliseconds between two looks at what has changed in the contact register'),
  READING_TRIES: z.coerce
    .number()
    .int()
    .min(1)
    .max(9)
    .default(8)
    .describe(
      'readings of a person in a row without an answer until it is told that they cannot be read; waits double from a second',
    ),
  RECONCILIATION_SAMPLE: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .default(1_000)
    .describe('persons who are compared with Folkeregisteret each night, beside everybody protected'),
  CONTACT_REFRESH_INTERVAL_MS: z.coerce
    .number()
    .int()
    .min(1_000)
    .max(dayMs)
    .default(0.9 * dayMs)
    .describe("milliseconds after which a guardian's contact data is read again, a day at most"),
});
