import type { Capacity } from './thread.ts';

/** That a thread lies in somebody's inbox, in the capacity that they have it in (GUA-24). */
export interface InboxEntry {
  readonly personId: string;
  readonly capacity: Capacity;
  readonly threadId: string;
  readonly unitId: string;
  readonly childIds: readonly string[];
  readonly lastMessageAt: Date;
  readonly isUnread: boolean;
  readonly isArchived: boolean;
  readonly readAt: Date | null;
}

/** What somebody does with what lies in their inbox. Nobody learns of it; of a home that it was read, as a number (M16, ADR-11). */
export type Mark = 'READ' | 'UNREAD' | 'ARCHIVED' | 'UNARCHIVED';

/** How an entry stands after it was marked. */
export function marked(entry: InboxEntry, mark: Mark, now: Date): InboxEntry {
  switch (mark) {
    case 'READ':
      return { ...entry, isUnread: false, readAt: now };
    case 'UNREAD':
      return { ...entry, isUnread: true };
    case 'ARCHIVED':
      return { ...entry, isArchived: true, isUnread: false };
    case 'UNARCHIVED':
      return { ...entry, isArchived: false };
  }
}

/** Beyond so many, the number of what is unread says that there are as many or more. */
export const unreadMost = 100;
