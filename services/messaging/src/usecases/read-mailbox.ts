import { type Answer, about } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { personsOf, rolesThatRead } from '../domain/audience.ts';
import { type MailboxEntry, holderOf } from '../domain/mailbox.ts';
import { mayListUnit, mayTendThread } from '../domain/policy.ts';
import * as audiences from '../store/audience.ts';
import * as mailbox from '../store/mailbox.ts';
import type { Deps } from './deps.ts';
import { loadMailFacts, mailReads } from './look.ts';
import type { Page } from './read-inbox.ts';

/** Who of the staff may read each of some threads by their role today. */
export async function readersOf(
  tx: Tx,
  wanted: readonly Pick<MailboxEntry, 'threadId' | 'unitId' | 'childIds'>[],
  today: LocalDate,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const readers = new Map<string, readonly string[]>();
  for (const [unitId, some] of Map.groupBy(wanted, (one) => one.unitId)) {
    const children = [...new Set(some.flatMap(({ childIds }) => childIds))];
    const audience = await audiences.load(tx, children, unitId);
    for (const { threadId, childIds } of some)
      readers.set(threadId, personsOf(rolesThatRead(audience, childIds, today)));
  }
  return readers;
}

/** Entries as they are shown: what somebody had who may not read it any more is nobody's. */
export async function shownEntries(
  tx: Tx,
  entries: readonly MailboxEntry[],
  today: LocalDate,
): Promise<readonly MailboxEntry[]> {
  const readers = await readersOf(tx, entries, today);
  return entries.map((entry) => {
    const takenBy = holderOf(entry, readers.get(entry.threadId) ?? []);
    return { ...entry, takenBy, takenAt: takenBy === null ? null : entry.takenAt };
  });
}

/** What waits for an answer at a unit or for one of its groups, longest first; null for whoever does not work there. */
export const readMailbox = (
  deps: Deps,
  actor: Actor,
  wanted: Page & { readonly unitId: string; readonly groupId: string | null },
): Promise<readonly MailboxEntry[] | null> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<readonly MailboxEntry[] | null>> => {
    const found = await mailbox.waiting(tx, wanted);
    const facts = await loadMailFacts(deps, tx, actor, found);
    if (!mayListUnit(actor, facts, wanted.unitId)) return about(mailReads(actor, facts, []), null);
    const seen = found.filter((entry) => mayTendThread(actor, facts, entry));
    return about(mailReads(actor, facts, seen), await shownEntries(tx, seen, facts.today));
  });

/** How some threads lie in the mailbox, for staff who read them; nothing for anybody else. */
export const readMailboxEntries = (
  deps: Deps,
  actor: Actor,
  threadIds: readonly string[],
): Promise<ReadonlyMap<string, MailboxEntry>> =>
  deps.db.asActor(actor, async (tx) => {
    const found = await mailbox.ofThreads(tx, threadIds);
    const facts = await loadMailFacts(deps, tx, actor, found);
    const seen = found.filter((entry) => mayTendThread(actor, facts, entry));
    const shown = await shownEntries(tx, seen, facts.today);
    return about(mailReads(actor, facts, shown), new Map(shown.map((entry) => [entry.threadId, entry])));
  });
