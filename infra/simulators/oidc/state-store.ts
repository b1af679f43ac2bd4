import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Entry {
  readonly payload: AdapterPayload;
  readonly expiresAt: number;
}

/**
 * Sessions, codes and tokens of one issuer, in memory. The library's own store forgets the oldest beyond a
 * thousand entries, which a load test reaches, and cannot list sessions, which the control API needs.
 */
export class StateStore {
  readonly #entries = new Map<string, Entry>();
  readonly #byGrant = new Map<string, Set<string>>();
  readonly #sessionByUid = new Map<string, string>();
  readonly #sweeper: NodeJS.Timeout;

  constructor() {
    this.#sweeper = setInterval(() => this.#sweep(), 30_000);
    this.#sweeper.unref();
  }

  stop(): void {
    clearInterval(this.#sweeper);
  }

  get(model: string, id: string): AdapterPayload | undefined {
    const entry = this.#entries.get(`${model}:${id}`);
    return entry && entry.expiresAt > Date.now() ? entry.payload : undefined;
  }

  put(model: string, id: string, payload: AdapterPayload, seconds = 86_400): void {
    const key = `${model}:${id}`;
    this.#entries.set(key, { payload, expiresAt: Date.now() + seconds * 1000 });
    if (model === 'Session' && payload.uid) this.#sessionByUid.set(payload.uid, id);
    if (payload.grantId) {
      const keys = this.#byGrant.get(payload.grantId) ?? new Set();
      this.#byGrant.set(payload.grantId, keys.add(key));
    }
  }

  remove(model: string, id: string): void {
    const key = `${model}:${id}`;
    const payload = this.#entries.get(key)?.payload;
    this.#entries.delete(key);
    if (payload?.grantId) this.#byGrant.get(payload.grantId)?.delete(key);
    if (model === 'Session' && payload?.uid && this.#sessionByUid.get(payload.uid) === id) {
      this.#sessionByUid.delete(payload.uid);
    }
  }

  /** Ends a grant and every code and token that came from it. */
  revokeGrant(grantId: string): void {
    for (const key of this.#byGrant.get(grantId) ?? []) this.#entries.delete(key);
    this.#byGrant.delete(grantId);
    this.#entries.delete(`Grant:${grantId}`);
  }

  sessions(): AdapterPayload[] {
    return [...this.#sessionByUid.values()]
      .map((id) => this.get('Session', id))
      .filter((session) => session?.accountId !== undefined) as AdapterPayload[];
  }

  adapterFor(model: string): Adapter {
    const find = async (id: string) => this.get(model, id);
    return {
      find,
      upsert: async (id, payload, seconds) => this.put(model, id, payload, seconds),
      destroy: async (id) => this.remove(model, id),
      findByUid: async (uid) => this.get(model, this.#sessionByUid.get(uid) ?? ''),
      findByUserCode: async () => undefined,
      consume: async (id) => {
        const payload = this.get(model, id);
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      revokeByGrantId: async (grantId) => this.revokeGrant(grantId),
    };
  }

  #sweep(): void {
    const now = Date.now();
    for (const [key, entry] of this.#entries) {
      if (entry.expiresAt > now) continue;
      const cut = key.indexOf(':');
      this.remove(key.slice(0, cut), key.slice(cut + 1));
    }
    for (const [grantId, keys] of this.#byGrant) if (keys.size === 0) this.#byGrant.delete(grantId);
  }
}
