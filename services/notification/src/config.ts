import { accessCopyConfig, migrationConfig, serviceConfig } from '@ranselpost/kit/config';
import { filePlaceConfig } from '@ranselpost/kit/files/config';
import { keyRing, openingKeys, secretKey } from '@ranselpost/kit/keys';
import type { JWK } from 'jose';
import { z } from 'zod';

const address = z.url({ protocol: /^https?$/ });
const count = z.coerce.number().int();

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

const hours = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM-HH:MM')
  .transform((text) => ({ from: text.slice(0, 5), to: text.slice(6) }));

const origins = z
  .string()
  .transform((text) => text.split(/[ ,]+/).filter((origin) => origin !== ''))
  .pipe(
    z.array(
      z
        .string()
        .refine(
          (origin) => /^https?:\/\/(\*\.)?[\w.-]+(:\d+)?$/.test(origin),
          'must be origins, as https://host',
        ),
    ),
  );

export const config = z.object({
  ...serviceConfig,
  ...accessCopyConfig,
  CONTACT_KEYS: keyRing.describe(
    'keys that contact data is sealed with on the bus and here, shared with registry',
  ),
  PORTAL_URL: address.describe('the address of the portal that notices lead to'),
  PORTAL_NAME: z.string().min(1).max(40).default('Ranselpost').describe('what notices call the portal'),
  QUIET_HOURS: hours
    .default({ from: '21:00', to: '07:00' })
    .describe(
      'when notices that can wait are held, by clocks in Norway: HH:MM-HH:MM; the same twice for never',
    ),
  SMTP_HOST: z.string().min(1).describe('the relay that mail goes to'),
  SMTP_PORT: count
    .min(1)
    .max(65_535)
    .default(587)
    .describe("the relay's port; 465 means TLS from the first byte"),
  SMTP_USER: z.string().min(1).describe('our login at the relay'),
  SMTP_PASSWORD: z.string().min(1).describe('its password'),
  SMTP_TLS: z
    .enum(['verified', 'unverified'])
    .default('verified')
    .describe(
      'whether the relay has to show a certificate that is trusted; what is sent is encrypted in any case',
    ),
  SMTP_CONNECTIONS: count.min(1).max(100).default(10).describe('connections to the relay at most'),
  MAIL_FROM: z
    .string()
    .regex(/^([^<>\r\n]+ <)?[^\s@<>]+@[\w.-]+>?$/, 'must be an address, or a name and an address')
    .describe('who mail is from; bounces go to the address'),
  BOUNCE_DOMAIN: z
    .string()
    .regex(/^[\w-]+(\.[\w-]+)+$/, 'must be a domain')
    .optional()
    .describe(
      'the domain that mail goes back to, whose mail the relay hands on to BOUNCE_PORT; left out: to MAIL_FROM, and nobody reads it',
    ),
  BOUNCE_PORT: count
    .min(1)
    .max(65_535)
    .optional()
    .describe('where returned mail is taken in by SMTP, on a private network; goes with BOUNCE_DOMAIN'),
  ALTINN_URL: address.describe("Altinn's platform, which sends text messages"),
  ALTINN_SCOPE: z
    .string()
    .min(1)
    .default('altinn:serviceowner/notifications.create')
    .describe('scope for text messages'),
  SMS_SENDER: z
    .string()
    .regex(/^[A-Za-z0-9]{1,11}$/, 'must be at most 11 letters and digits')
    .default('Ranselpost')
    .describe('who text messages say that they are from'),
  SHIPMENT_POLL_INTERVAL_MS: count
    .min(10)
    .max(3_600_000)
    .default(30_000)
    .describe('milliseconds between two looks at what became of text messages'),
  MASKINPORTEN_ISSUER: address.describe('issuer of machine tokens, exactly as its metadata gives it'),
  MASKINPORTEN_CLIENT_ID: z.string().min(1).describe('our client at the issuer'),
  MASKINPORTEN_KEY: privateKey.describe('the private key registered on that client'),
  VAPID_KEY: secretKey.describe('the private key that pushes are signed with: a number on P-256'),
  VAPID_CONTACT: z
    .string()
    .regex(/^(mailto:|https:)/, 'must begin with mailto: or https:')
    .describe('whom push services can write to about our pushes'),
  PUSH_ORIGINS: origins
    .default([
      'https://fcm.googleapis.com',
      'https://updates.push.services.mozilla.com',
      'https://web.push.apple.com',
      'https://*.notify.windows.com',
    ])
    .describe('the push services of browsers, as origins; nothing is sent elsewhere'),
  LEASE_MS: count
    .min(1_000)
    .max(3_600_000)
    .default(120_000)
    .describe(
      'milliseconds after which a notice that a replica took, and said no more of, is taken by another',
    ),
  SECOND_NOTICE_HOURS: count
    .min(1)
    .max(8_760)
    .default(48)
    .describe('hours after which a decision that nobody has opened is told of again'),
  OUTBOUND_OPEN_KEYS: openingKeys.describe(
    'private keys of what others sealed for us to send: X25519 as a JWK or a set of them, each with a kid',
  ),
  ...filePlaceConfig,
  FILE_FOLDER: filePlaceConfig.FILE_FOLDER.describe(
    "messaging's folder of files, of which we only read what is sealed for us; or FILE_BUCKET",
  ),
  FIKS_SCOPE: z.string().min(1).default('ks:fiks').describe('scope for SvarUt and Fiks IO'),
  FIKS_INTEGRATION_ID: z.string().min(1).describe('our integration at Fiks'),
  FIKS_INTEGRATION_PASSWORD: z.string().min(1).describe("the integration's password"),
  SVARUT_URL: address.describe('SvarUt, which prints letters, up to and including /api'),
  SVARUT_ACCOUNT_ID: z.uuid().describe('our account there'),
  FIKS_IO_URL: address.describe('Fiks IO, up to and including /fiks-io/api'),
  FIKS_IO_AMQP_URL: z.url({ protocol: /^amqps?$/ }).describe('where replies of Fiks IO come from'),
  FIKS_IO_ACCOUNT_ID: z.uuid().describe('our account there'),
  FIKS_IO_KEY: z.string().min(1).describe('the private key of that account, PEM'),
  FIKS_IO_CERTIFICATE: z.string().min(1).describe('its certificate, PEM; what replies are encrypted to'),
  ARCHIVE_ACCOUNT_ID: z.uuid().describe("the archive's account at Fiks IO"),
  ARCHIVE_CERTIFICATE: z.string().min(1).describe('its certificate, PEM: what goes there is encrypted to it'),
  MUNICIPALITY_NAME: z.string().min(1).max(80).describe('who letters are from'),
  OUTBOUND_POLL_INTERVAL_MS: count
    .min(10)
    .max(600_000)
    .default(2_000)
    .describe('milliseconds between two looks at what is to go to the archive and the post'),
  PAPER_HOURS: count.min(2).max(8_760).default(168).describe('hours after which it goes on paper'),
});

export const migrationSchema = z.object(migrationConfig);
