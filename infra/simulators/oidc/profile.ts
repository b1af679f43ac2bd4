import type { JWK } from 'jose';

/** A person who can be chosen on the login page. */
export interface LoginPerson {
  /** What the form sends: a national number, a Feide name, or an eIDAS identifier. */
  readonly id: string;
  readonly name: string;
  /** The group the page shows the person under, a golden family or a unit. */
  readonly heading: string;
  readonly detail: string;
  /** Other values that the form's `pid` field understands for this person. */
  readonly aliases: readonly string[];
}

export interface Directory {
  find(idOrAlias: string): LoginPerson | undefined;
  search(query: string, limit: number): { readonly people: readonly LoginPerson[]; readonly total: number };
}

/** A level of assurance; the list of a profile goes from the weakest to the strongest. */
export interface Level {
  readonly acr: string;
  readonly label: string;
  readonly amr: readonly string[];
}

export interface RegisteredClient {
  readonly clientId: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly frontchannelLogoutUri?: string;
  readonly organisation?: string;
  readonly jwks: { readonly keys: readonly JWK[] };
}

export interface Login {
  readonly acr: string | undefined;
  readonly locale: string;
}

export type ClaimUse = 'id_token' | 'userinfo' | 'access_token';

/** What makes one issuer different from another; everything else in this folder is shared. */
export interface IssuerProfile {
  readonly name: string;
  readonly title: string;
  readonly lead: string;
  readonly searchLabel: string;
  readonly routes: Readonly<
    Record<'authorization' | 'token' | 'userinfo' | 'jwks' | 'par' | 'logout', string>
  >;
  readonly levels: readonly Level[];
  /** What the fault `downgrade-acr` gives instead of the weakest of them. */
  readonly levelBelow: Level;
  /** Whether a person may also choose the level below, whatever was asked for. */
  readonly offersLess: boolean;
  readonly scopes: readonly string[];
  /** Which claims a scope opens. What stands under `openid` is in the ID token too. */
  readonly claims: Readonly<Record<string, readonly string[]>>;
  readonly locales: readonly string[];
  /** Whether `sub` differs from client to client. */
  readonly isPairwise: boolean;
  readonly tokenLifetime: number;
  readonly ssoIdle: number;
  readonly ssoMaximum: number;
  readonly directory: Directory;
  claimsOf(personId: string, use: ClaimUse, login: Login): Record<string, unknown>;
  /** What the session holds of a person; it is `sub` where that is the same for all clients. */
  subjectOf(personId: string): string;
  /** The other way round, for subjects that were given out. */
  personOf(subject: string): string;
}
