import type { AdapterPayload, Provider } from 'oidc-provider';
import { frontChannelAddresses } from './logout.ts';
import type { IssuerProfile } from './profile.ts';
import type { StateStore } from './state-store.ts';

export interface SessionView {
  readonly uid: string;
  readonly person: string;
  readonly acr: string | undefined;
  readonly since: string;
  readonly clients: readonly { readonly clientId: string; readonly sid: string | undefined }[];
}

export interface Notice {
  readonly address: string;
  readonly status: number | 'unreachable';
}

/** The single sign-on sessions of an issuer, as the control API sees and ends them. */
export class SsoSessions {
  readonly #provider: Provider;
  readonly #store: StateStore;
  readonly #profile: IssuerProfile;

  constructor(provider: Provider, store: StateStore, profile: IssuerProfile) {
    this.#provider = provider;
    this.#store = store;
    this.#profile = profile;
  }

  list(): SessionView[] {
    return this.#store.sessions().map((session) => ({
      uid: String(session.uid),
      person: this.#profile.personOf(String(session.accountId)),
      acr: session.acr,
      since: new Date(Number(session.loginTs) * 1000).toISOString(),
      clients: Object.entries(session.authorizations ?? {}).map(([clientId, { sid }]) => ({ clientId, sid })),
    }));
  }

  /** Ends sessions without telling the clients, as when the cookie is gone. Answers how many there were. */
  end(chosen: (session: SessionView) => boolean): number {
    const ending = this.#chosen(chosen);
    for (const session of ending) this.#remove(session);
    return ending.length;
  }

  /** Sets the logins of sessions back in time. Answers how many there were. */
  age(chosen: (session: SessionView) => boolean, seconds: number): number {
    const ageing = this.#chosen(chosen);
    for (const session of ageing) session.loginTs = Number(session.loginTs) - seconds;
    return ageing.length;
  }

  /**
   * Ends sessions and loads each client's front-channel address, without any cookie, just as a browser that
   * blocks cookies in frames does.
   */
  async logOut(chosen: (session: SessionView) => boolean): Promise<Notice[]> {
    const ending = this.#chosen(chosen);
    const addresses = await Promise.all(
      ending.map((session) => frontChannelAddresses(this.#provider, session)),
    );
    for (const session of ending) this.#remove(session);
    return Promise.all(addresses.flat().map(notify));
  }

  #chosen(chosen: (session: SessionView) => boolean): AdapterPayload[] {
    const uids = new Set(
      this.list()
        .filter(chosen)
        .map((session) => session.uid),
    );
    return this.#store.sessions().filter((session) => uids.has(String(session.uid)));
  }

  #remove(session: AdapterPayload): void {
    this.#store.remove('Session', String(session.jti));
  }
}

async function notify(address: string): Promise<Notice> {
  try {
    const response = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(5000) });
    await response.arrayBuffer();
    return { address, status: response.status };
  } catch {
    return { address, status: 'unreachable' };
  }
}
