import type { ContactFacts } from '../population/index.ts';

/** A way to reach somebody, with the moments that the eighteen-month rule looks at. */
export interface ReachedBy {
  readonly address: string;
  readonly updated: number;
  readonly verified: number;
  readonly duplicated: boolean;
}

export interface ContactRecord {
  readonly status: ContactFacts['status'];
  readonly reserved: boolean;
  readonly reservedSince: number | null;
  readonly email: ReachedBy | null;
  readonly mobile: ReachedBy | null;
  readonly language: ContactFacts['language'];
  readonly languageSince: number;
  readonly mailbox: ContactFacts['mailbox'];
}

export const day = 86_400_000;

/**
 * The day that ages count back from: the first of this half of the year. It stands still for months, so that two
 * look-ups agree, and moves on before fresh data grows older than eighteen months.
 */
export function anchorOf(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() < 6 ? 0 : 6, 1, 8);
}

export function toRecord(facts: ContactFacts, anchor: number): ContactRecord {
  const reach = (channel: ContactFacts['email']): ReachedBy | null =>
    channel && {
      address: channel.address,
      updated: anchor - channel.updatedDaysAgo * day,
      verified: anchor - channel.verifiedDaysAgo * day,
      duplicated: channel.duplicated,
    };
  return {
    status: facts.status,
    reserved: facts.reserved,
    reservedSince: facts.reserved ? anchor - 400 * day : null,
    email: reach(facts.email),
    mobile: reach(facts.mobile),
    language: facts.language,
    languageSince: anchor - 300 * day,
    mailbox: facts.mailbox,
  };
}

function eighteenMonthsBefore(now: number): number {
  const date = new Date(now);
  date.setUTCMonth(date.getUTCMonth() - 18);
  return date.getTime();
}

/** Stale is judged per channel: the later of updated and verified must be under eighteen months old (KRR-02). */
export function isFresh(reached: ReachedBy | null, now: number): boolean {
  return reached !== null && Math.max(reached.updated, reached.verified) > eighteenMonthsBefore(now);
}

export function mayBeNotified(record: ContactRecord, now: number): boolean {
  return (
    record.status === 'AKTIV' &&
    !record.reserved &&
    (isFresh(record.email, now) || isFresh(record.mobile, now))
  );
}
