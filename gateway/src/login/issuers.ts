import type { GatewayConfig } from '../config.ts';
import { guardianAcr, type StaffAssurance } from '../domain/login-claims.ts';
import type { LoginKind } from '../domain/session.ts';
import { createIssuer } from './issuer.ts';
import type { LoginIssuer } from './logins.ts';

export const staffAssurance = (config: GatewayConfig): StaffAssurance => ({
  acr: { substantial: config.STAFF_ACR_SUBSTANTIAL, high: config.STAFF_ACR_HIGH },
  amr: config.STAFF_AMR,
});

/** One of the two is there: the configuration sees to it. */
const staffCredential = ({ STAFF_KEY: key, STAFF_SECRET: secret = '' }: GatewayConfig) =>
  key === undefined ? { secret } : { key };

/** ID-porten for guardians, Feide for staff. */
export const loginIssuers = (config: GatewayConfig): Readonly<Record<LoginKind, LoginIssuer>> => ({
  guardian: {
    name: config.IDPORTEN_ISSUER,
    client: createIssuer({
      issuer: config.IDPORTEN_ISSUER,
      clientId: config.IDPORTEN_CLIENT_ID,
      credential: { key: config.IDPORTEN_KEY },
      redirectUri: `${config.PUBLIC_URL}/callback/guardian`,
      scope: 'openid',
      acr: guardianAcr,
      asksUserinfo: false,
      namesItself: true,
      mustPush: true,
    }),
  },
  staff: {
    name: config.STAFF_ISSUER,
    client: createIssuer({
      issuer: config.STAFF_ISSUER,
      clientId: config.STAFF_CLIENT_ID,
      credential: staffCredential(config),
      redirectUri: `${config.PUBLIC_URL}/callback/staff`,
      scope: 'openid userid-feide',
      acr: { substantial: config.STAFF_ACR_SUBSTANTIAL[0], high: config.STAFF_ACR_HIGH[0] },
      asksUserinfo: true,
      namesItself: false,
      mustPush: false,
    }),
  },
});
