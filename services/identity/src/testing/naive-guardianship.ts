/**
 * The rules of guardianship once more, as slowly and plainly as they can be put: for one child, with everything that ever
 * happened kept in view. It shares no code with the domain, so that both have to be wrong in the same way to agree.
 */
export interface NaiveAdult {
  readonly isRead: boolean;
  readonly isInRegister: boolean;
  readonly isDead: boolean;
  readonly isDNumber: boolean;
  readonly level: number;
}

export interface NaiveChild {
  readonly isRead: boolean;
  readonly isInRegister: boolean;
  /** `YYYY-MM-DD`. */
  readonly bornOn: string | null;
  readonly isDNumber: boolean;
  /** 0 for none, 2 for FORTROLIG, 3 for STRENGT_FORTROLIG. */
  readonly level: number;
  readonly entries: readonly { readonly word: string; readonly who: string }[];
}

interface Episode {
  hasAccess: boolean;
  confirmed: Map<string, { readonly until: string | null }>;
  reasons: readonly string[];
  /** Whether staff may let it through as it stands. */
  canConfirm: boolean;
}

/** What is proved by papers is good for ninety days (GUA-05). */
const daysOfProof = 90;
const provedByPapers = ['D', 'NO BIRTH DATE', 'NOT IN REGISTER'];

export class NaiveGuardianship {
  child: NaiveChild = {
    isRead: false,
    isInRegister: false,
    bornOn: null,
    isDNumber: false,
    level: 0,
    entries: [],
  };
  readonly adults = new Map<string, NaiveAdult>();
  readonly bans: { readonly who: string | null }[] = [];
  #highest = 0;
  #episodes = new Map<string, Episode>();

  /** Works out who sees the child today, after whatever has just happened. */
  settle(today: string): readonly string[] {
    this.#highest = Math.max(
      this.#highest,
      this.child.level,
      ...this.#named().map((who) => this.#adult(who).level),
    );
    if (this.#isGrown(today)) this.#episodes.clear();
    else if (this.child.isRead) this.#judge(today);
    return [...this.#episodes]
      .filter(([, { hasAccess }]) => hasAccess)
      .map(([who]) => who)
      .toSorted();
  }

  canConfirm(who: string): boolean {
    return this.#episodes.get(who)?.canConfirm ?? false;
  }

  confirm(who: string, today: string): void {
    const episode = this.#episodes.get(who)!;
    const end = new Date(Date.parse(today) + daysOfProof * 86_400_000).toISOString().slice(0, 10);
    const isTimed = episode.reasons.some((reason) => provedByPapers.includes(reason));
    const earlier = [...episode.confirmed.values()].flatMap(({ until }) => until ?? []);
    const until = isTimed ? [...earlier, end].toSorted()[0]! : null;
    for (const reason of episode.reasons)
      episode.confirmed.set(reason, { until: provedByPapers.includes(reason) ? until : null });
  }

  /** Staff let the protection go down to what the register says. */
  release(): void {
    this.#highest = 0;
  }

  get highest(): number {
    return this.#highest;
  }

  #judge(today: string): void {
    const named = this.#named();
    const isClear = this.child.isInRegister && this.#isClear();
    for (const who of [...this.#episodes.keys()]) if (!named.includes(who)) this.#episodes.delete(who);
    if (isClear) for (const who of named) if (!this.#episodes.has(who)) this.#episodes.set(who, fresh());
    const isWaiting = named.some((who) => !this.#adult(who).isRead);

    for (const [who, episode] of this.#episodes) {
      const reasons = isClear ? this.#reasons(who) : this.#ofProtection();
      for (const [reason, { until }] of episode.confirmed)
        if (!reasons.some((one) => covers(reason, one)) || (until !== null && until <= today))
          episode.confirmed.delete(reason);
      const open = reasons.filter(
        (reason) => ![...episode.confirmed.keys()].some((confirmed) => covers(confirmed, reason)),
      );
      const isBanned = this.bans.some((ban) => ban.who === null || ban.who === who);
      const before = episode.hasAccess;
      episode.hasAccess = isClear && !isBanned && open.length === 0 && (!isWaiting || before);
      episode.reasons = open;
      episode.canConfirm = isClear && !isBanned && !isWaiting && !episode.hasAccess;
    }
  }

  #reasons(who: string): readonly string[] {
    const { isRead, isInRegister, isDNumber } = this.#adult(who);
    return [
      ...this.#ofProtection(),
      ...(this.child.isDNumber || (isRead && isInRegister && isDNumber) ? ['D'] : []),
      ...(this.child.bornOn === null ? ['NO BIRTH DATE'] : []),
      ...(this.child.entries.some(({ word }) => word === 'andre') ? ['GIVEN TO OTHERS'] : []),
      ...(isRead && !isInRegister ? ['NOT IN REGISTER'] : []),
    ];
  }

  #ofProtection(): readonly string[] {
    return this.#highest >= 2 ? [`LEVEL ${this.#highest}`] : [];
  }

  #isClear(): boolean {
    const words = [...new Set(this.child.entries.map(({ word }) => word))];
    const people = new Set(this.child.entries.map(({ who }) => who));
    if (words.length !== 1) return false;
    if (words[0] === 'andre') return true;
    if (words[0] === 'felles') return people.size <= 2;
    return ['mor', 'far'].includes(words[0]!) && people.size === 1;
  }

  #isGrown(today: string): boolean {
    if (this.child.bornOn === null) return false;
    return `${Number(this.child.bornOn.slice(0, 4)) + 18}${this.child.bornOn.slice(4)}` <= today;
  }

  /** Everybody an entry names who is alive. */
  #named(): readonly string[] {
    return [...new Set(this.child.entries.map(({ who }) => who))].filter((who) => !this.#adult(who).isDead);
  }

  #adult(who: string): NaiveAdult {
    return (
      this.adults.get(who) ?? {
        isRead: false,
        isInRegister: false,
        isDead: false,
        isDNumber: false,
        level: 0,
      }
    );
  }
}

const fresh = (): Episode => ({ hasAccess: false, confirmed: new Map(), reasons: [], canConfirm: false });

/** What was let through at a stricter level is so at a lesser. */
const covers = (confirmed: string, reason: string): boolean =>
  confirmed === reason || (confirmed === 'LEVEL 3' && reason === 'LEVEL 2');
