import type { IssuerProfile } from '../oidc/profile.ts';
import type { FeidePeople } from './people.ts';

export const claim = {
  principalName: 'https://n.feide.no/claims/eduPersonPrincipalName',
  affiliation: 'https://n.feide.no/claims/eduPersonPrimaryAffiliation',
  secondaryIds: 'https://n.feide.no/claims/userid_sec',
  nationalNumber: 'https://n.feide.no/claims/nin',
} as const;

/** What Feide calls a login with two factors. */
export const twoFactors = 'urn:mace:feide.no:auth:level:fad08:3';

/** Claims as Feide gives them. Clients authenticate as at ID-porten, so that the gateway has one way of doing it. */
export function staffProfile(people: FeidePeople): IssuerProfile {
  return {
    name: 'staff',
    title: 'Feide (simulator)',
    lead: 'Velg hvem du er på jobb. Alle her er oppdiktet.',
    searchLabel: 'Søk på navn, enhet, stilling eller klasse',
    routes: {
      authorization: '/oauth/authorization',
      token: '/oauth/token',
      userinfo: '/openid/userinfo',
      jwks: '/openid/jwks',
      par: '/oauth/par',
      logout: '/openid/endsession',
    },
    levels: [{ acr: twoFactors, label: 'Passord og engangskode', amr: ['pwd', 'mfa'] }],
    levelBelow: { acr: 'urn:mace:feide.no:auth:level:fad08:2', label: 'Bare passord', amr: ['pwd'] },
    // Accounts without a second factor exist, and what a service asks for is a wish: it has to look at what it got.
    offersLess: true,
    scopes: [
      'openid',
      'profile',
      'email',
      'userid',
      'userid-feide',
      'userid-nin',
      'userinfo-name',
      'groups-edu',
      'groups-org',
    ],
    claims: {
      openid: ['sub', 'acr', 'amr', 'auth_time', 'jti', claim.principalName, claim.affiliation],
      profile: ['name'],
      email: ['email', 'email_verified'],
      userid: [claim.secondaryIds],
      'userid-feide': [claim.secondaryIds],
      'userid-nin': [claim.nationalNumber],
      'userinfo-name': ['name'],
    },
    locales: ['nb', 'nn', 'en', 'no'],
    isPairwise: false,
    tokenLifetime: 3600,
    ssoIdle: 30 * 60,
    ssoMaximum: 8 * 60 * 60,
    directory: people,
    claimsOf(name, use) {
      const account = people.account(name);
      if (!account || use === 'access_token') return {};
      const { person, affiliation } = account;
      return {
        [claim.principalName]: name,
        [claim.affiliation]: affiliation,
        [claim.secondaryIds]: [`feide:${name}`],
        [claim.nationalNumber]: person.number,
        name: `${person.given} ${person.family}`,
        email: name,
        email_verified: true,
      };
    },
    subjectOf: (name) => people.subjectOf(name),
    personOf: (subject) => people.nameOf(subject),
  };
}
