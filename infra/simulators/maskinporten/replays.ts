/** Which grants have been used. A grant is forgotten when it would be refused for its age anyway. */
export class Replays {
  readonly #used = new Map<string, number>();
  #prunedAt = 0;

  /** Answers whether this is the first use, and remembers it. Times are in seconds. */
  isFirstUse(clientId: string, jti: string, expiresAt: number, now: number): boolean {
    this.#prune(now);
    const key = `${clientId} ${jti}`;
    if (this.#used.has(key)) return false;
    this.#used.set(key, expiresAt);
    return true;
  }

  get size(): number {
    return this.#used.size;
  }

  #prune(now: number): void {
    if (now - this.#prunedAt < 10) return;
    this.#prunedAt = now;
    for (const [key, expiresAt] of this.#used) if (expiresAt < now - 10) this.#used.delete(key);
  }
}
