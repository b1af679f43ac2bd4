import type { Tx } from '@ranselpost/kit/database';
import type { DataOf } from '@ranselpost/schema/events/event';
import type { noticeDueV1 } from '@ranselpost/schema/events/messaging/notice-due.v1';
import type { noticeDroppedV1 } from '@ranselpost/schema/events/messaging/notice-dropped.v1';
import { rankOf } from '../domain/notice.ts';
import * as notices from '../store/notices.ts';

/** Keeps whom a service wants told, each once (S-21). When and how is decided when it is sent. */
export const keepNotice = (tx: Tx, due: DataOf<typeof noticeDueV1>, source: string): Promise<void> =>
  notices.keep(tx, { ...due, source, rank: rankOf(due) });

/** What was withdrawn, or read, goes out no more (MSG-17). */
export const dropNotice = (tx: Tx, { noticeId, recipients }: DataOf<typeof noticeDroppedV1>): Promise<void> =>
  notices.drop(tx, noticeId, recipients);
