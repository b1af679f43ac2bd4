import type { GatewayConfig } from '../config.ts';
import { guardianAcr, staffAcr } from '../domain/login-claims.ts';
import type { LoginKind } from '../domain/session.ts';
import { createIssuer } from './issuer.ts';
import type { LoginIssuer } from './logins.ts';

/** ID-porten for guardians, Feide for staff. */
export const loginIssuers = (config: GatewayConfig): Readonly<Record<LoginKind, LoginIssuer>> => ({
  guardian: {
    name: config.IDPORTEN_ISSUER,
    client: createIssuer({
      issuer: config.IDPORTEN_ISSUER,
      clientId: config.IDPORTEN_CLIENT_ID,
      key: config.IDPORTEN_KEY,
      redirectUri: `${config.PUBLIC_URL}/callback/guardian`,
      scope: 'openid',
      acrValues: (level) => guardianAcr[level],
      asksUserinfo: false,
      namesItself: true,
    }),
  },
  staff: {
    name: config.STAFF_ISSUER,
    client: createIssuer({
      issuer: config.STAFF_ISSUER,
      clientId: config.STAFF_CLIENT_ID,
      key: config.STAFF_KEY,
      redirectUri: `${config.PUBLIC_URL}/callback/staff`,
      scope: 'openid userid-feide',
      acrValues: () => staffAcr,
      asksUserinfo: true,
      namesItself: false,
    }),
  },
});
