import type { IssuerProfile } from '../oidc/profile.ts';
import type { Population } from '../population/index.ts';
import { eidasPerson, guardiansDirectory } from './people.ts';

/** ID-porten as it looks from the wire; the addresses come from discovery and are nobody's to remember. */
export function idportenProfile(population: Population): IssuerProfile {
  return {
    name: 'idporten',
    title: 'ID-porten (simulator)',
    lead: 'Velg hvem du er. Alle her er oppdiktet og har syntetiske numre.',
    searchLabel: 'Søk på navn, nummer eller familie, for eksempel F1',
    routes: {
      authorization: '/authorize',
      token: '/token',
      userinfo: '/userinfo',
      jwks: '/jwks.json',
      par: '/par',
      logout: '/logout',
    },
    levels: [
      { acr: 'idporten-loa-substantial', label: 'MinID (betydelig)', amr: ['Minid-APP'] },
      { acr: 'idporten-loa-high', label: 'BankID (høyt)', amr: ['BankID'] },
    ],
    levelBelow: { acr: 'idporten-loa-low', label: 'Lavt', amr: ['Minid-PIN'] },
    offersLess: false,
    scopes: ['openid', 'profile'],
    claims: {
      openid: [
        'sub',
        'pid',
        'acr',
        'amr',
        'auth_time',
        'locale',
        'jti',
        'eidas_identifier',
        'eidas_firstname',
        'eidas_lastname',
        'eidas_date_of_birth',
      ],
      profile: ['locale'],
    },
    locales: ['nb', 'nn', 'en', 'se'],
    isPairwise: true,
    tokenLifetime: 120,
    ssoIdle: 30 * 60,
    ssoMaximum: 120 * 60,
    directory: guardiansDirectory(population),
    claimsOf(personId, use, { acr, locale }) {
      const person =
        personId === eidasPerson.id
          ? {
              eidas_identifier: 'SE/NO/8f2d41c6',
              eidas_firstname: 'KNUDRETE',
              eidas_lastname: 'GLOBUS',
              eidas_date_of_birth: '1984-07-19',
            }
          : { pid: personId };
      if (use === 'access_token') return { ...person, acr };
      return { ...person, locale };
    },
    subjectOf: (personId) => personId,
    personOf: (subject) => subject,
  };
}
