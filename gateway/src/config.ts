import { processConfig, serverConfig, serviceConfig } from '@ranselpost/kit/config';
import type { JWK } from 'jose';
import { z } from 'zod';

/** JSON with one private key in it, as issuers' consoles and key tools write it. */
const privateJwk = z.string().transform((text, context): JWK => {
  const parsed = parseJson(text);
  if (typeof parsed === 'object' && parsed !== null && 'd' in parsed && 'kty' in parsed) return parsed as JWK;
  context.addIssue('must be a private key as JWK, in JSON');
  return z.NEVER;
});

const signingKeys = z.string().transform((text, context): { keys: JWK[] } => {
  const parsed = parseJson(text) as { keys?: unknown } | undefined;
  const keys = Array.isArray(parsed?.keys) ? (parsed.keys as JWK[]) : [];
  const kids = new Set(keys.map(({ kid }) => kid));
  if (keys.length > 0 && kids.size === keys.length && keys.every(isPrivateEd25519)) return { keys };
  context.addIssue('must be a JWKS with private Ed25519 keys, each with a kid of its own');
  return z.NEVER;
});

const isPrivateEd25519 = ({ kty, crv, d, kid }: JWK): boolean =>
  kty === 'OKP' && crv === 'Ed25519' && typeof d === 'string' && typeof kid === 'string' && kid !== '';

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const httpUrl = z.url({ protocol: /^https?$/ });
const words = z.string().transform((list) => list.split(',').filter((word) => word !== ''));
const seconds = z.coerce.number().int().min(1);
const count = z.coerce.number().int().min(1);

const variables = z.object({
  ...processConfig,
  ...serverConfig,
  ...serviceConfig,
  PUBLIC_URL: httpUrl
    .transform((url) => url.replace(/\/+$/, ''))
    .describe("the gateway's own address as browsers know it; also its name in actor tokens"),
  ACTOR_SIGNING_KEYS: signingKeys.describe('JWKS with private Ed25519 keys; the first signs actor tokens'),
  IDPORTEN_ISSUER: httpUrl.describe('issuer of guardian logins'),
  IDPORTEN_CLIENT_ID: z.string().min(1).describe('our client id there'),
  IDPORTEN_KEY: privateJwk.describe('our private key there, as JWK'),
  STAFF_ISSUER: httpUrl.describe('issuer of staff logins'),
  STAFF_CLIENT_ID: z.string().min(1).describe('our client id there'),
  STAFF_KEY: privateJwk
    .optional()
    .describe('our private key there, as JWK, where the issuer takes one; else STAFF_SECRET'),
  STAFF_SECRET: z.string().min(20).optional().describe('our secret there, as Feide gives out'),
  STAFF_ACR_SUBSTANTIAL: words
    .default(['urn:mace:feide.no:auth:level:fad08:3'])
    .describe(
      'what the staff issuer calls a login with two factors in acr, by comma; the first is asked for',
    ),
  STAFF_ACR_HIGH: words
    .default([])
    .describe('what it calls one at the high level; without any, nobody among staff can get there'),
  STAFF_AMR: words.default([]).describe('words of which its amr must have one besides; none: not looked at'),
  MASKINPORTEN_ISSUER: httpUrl.describe('issuer of tokens for machines, as it stands in the tokens'),
  MACHINE_SCOPE_PREFIX: z
    .string()
    .min(1)
    .default('ranselpost:ranselpost/')
    .describe('what the scopes of our own API begin with'),
  MACHINE_AUDIENCE: z
    .string()
    .min(1)
    .optional()
    .describe('the only audience taken from machines; without it also "unspecified"'),
  IDENTITY_URL: httpUrl.describe("identity's /graphql; its sign-in lies beside it"),
  MESSAGING_URL: httpUrl.describe("messaging's /graphql"),
  ATTENDANCE_URL: httpUrl.describe("attendance's /graphql"),
  PLACEMENT_URL: httpUrl.describe("placement's /graphql"),
  INTROSPECTION: z.enum(['on', 'off']).default('off').describe('whether the schema may be asked for'),
  OPERATIONS: z
    .enum(['registered', 'any'])
    .default('registered')
    .describe('what browsers may send: registered operations by hash, or any'),
  SESSION_IDLE_SECONDS: seconds.max(1800).default(1800).describe('a session ends when unused for so long'),
  SESSION_MAX_SECONDS: seconds.max(28_800).default(28_800).describe('a session ends after so long'),
  TABLET_IDLE_SECONDS: seconds
    .max(300)
    .default(300)
    .describe('whoever is let in at a shared tablet is out when it is unused for so long (GUA-19)'),
  TABLET_MAX_SECONDS: seconds.max(28_800).default(3600).describe('the same after so long'),
  PORTAL_FOLDER: z.string().min(1).optional().describe('where the built portal is; none is served without'),
  MAX_COST: count.default(2000).describe('most objects that one operation may ask for'),
  MAX_CONCURRENT: count.default(200).describe('operations under way at once, before 503'),
  MAX_FILES: count.default(40).describe('files on their way in or out at once, before 503'),
  MAX_LIVE_STREAMS: count.default(5000).describe('live streams open at once, before 503'),
  RATE_PER_ADDRESS: count.default(6000).describe('requests a minute from one address'),
  RATE_LOGINS_PER_ADDRESS: count.default(300).describe('logins begun a minute from one address'),
  RATE_PER_ACTOR: count.default(600).describe('requests a minute from one session or machine client'),
  TRUSTED_PROXIES: words
    .default([])
    .describe('addresses or networks, by comma, whose X-Forwarded-For is believed'),
});

export const gatewayConfig = variables.refine(
  ({ STAFF_KEY: key, STAFF_SECRET: secret }) => (key === undefined) !== (secret === undefined),
  { path: ['STAFF_KEY'], message: 'give this or STAFF_SECRET, not both' },
);

export type GatewayConfig = z.infer<typeof gatewayConfig>;
