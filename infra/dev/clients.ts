import { writeJson } from './files.ts';
import type { Secrets } from './secrets.ts';

/** The invented municipality's organisation number, from the range that is never given out. */
export const organisation = '310001236';

/** A number that no municipality has. */
export const municipalityNumber = '4699';

export const clientIds = {
  idporten: '5f0c2b1e-0000-4000-8000-000000000001',
  staff: '5f0c2b1e-0000-4000-8000-000000000002',
  registry: '5f0c2b1e-0000-4000-8000-000000000003',
  integrator: '5f0c2b1e-0000-4000-8000-000000000004',
  notification: '5f0c2b1e-0000-4000-8000-000000000005',
} as const;

export const fiks = {
  integrationId: '5f0c2b1e-0000-4000-8000-000000000011',
  roleId: '5f0c2b1e-0000-4000-8000-000000000012',
  svarUtAccountId: '5f0c2b1e-0000-4000-8000-000000000013',
  ioAccountId: '5f0c2b1e-0000-4000-8000-000000000014',
  archiveAccountId: '5f0c2b1e-0000-4000-8000-000000000015',
} as const;

/** Our login at the relay for mail. */
export const mailUser = 'ranselpost';

export const scopes = {
  fiks: 'ks:fiks',
  krr: ['krr:global/kontaktinformasjon.read', 'krr:global/digitalpost.read'],
  krrChanges: 'krr:global/hentendring.read',
  altinn: 'altinn:serviceowner/notifications.create',
  integrator: ['ranselpost:ranselpost/identity.read', 'ranselpost:ranselpost/attendance.read'],
} as const;

/** Where the issuers send people back to, at the gateway. */
const callbacks = { idporten: '/callback/guardian', staff: '/callback/staff' } as const;

function browserClient(issuer: keyof typeof callbacks, gatewayUrl: string, secrets: Secrets) {
  return {
    clientId: clientIds[issuer],
    organisation,
    redirectUris: [`${gatewayUrl}${callbacks[issuer]}`],
    postLogoutRedirectUris: [`${gatewayUrl}/`],
    frontchannelLogoutUri: `${gatewayUrl}/logout/front-channel`,
    jwks: { keys: [secrets.publicJwk(`${issuer}-client`, 'RS256')] },
  };
}

/** Registers our clients with the simulated issuers, as one would by hand with the real ones. */
export function writeClients(path: string, gatewayUrl: string, secrets: Secrets): void {
  writeJson(path, {
    idporten: [browserClient('idporten', gatewayUrl, secrets)],
    staff: [browserClient('staff', gatewayUrl, secrets)],
    maskinporten: [
      {
        clientId: clientIds.registry,
        organisation,
        scopes: [scopes.fiks, ...scopes.krr, scopes.krrChanges],
        jwks: { keys: [secrets.publicJwk('registry-client', 'RS256')] },
      },
      {
        clientId: clientIds.notification,
        organisation,
        scopes: [scopes.altinn, scopes.fiks],
        jwks: { keys: [secrets.publicJwk('notification-client', 'RS256')] },
      },
      {
        clientId: clientIds.integrator,
        organisation,
        scopes: scopes.integrator,
        jwks: { keys: [secrets.publicJwk('integrator-client', 'RS256')] },
      },
    ],
    mail: { user: mailUser, password: secrets.password('mail relay') },
    fiks: {
      ...fiks,
      integrationPassword: secrets.password('fiks integration'),
      io: {
        sender: { accountId: fiks.ioAccountId, certificate: secrets.certificate('ranselpost').certificate },
        archive: { accountId: fiks.archiveAccountId, ...secrets.certificate('archive') },
      },
    },
  });
}
