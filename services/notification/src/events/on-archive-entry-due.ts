import { type Handler, on } from '@ranselpost/kit/consume';
import { archiveEntryDueV1 } from '@ranselpost/schema/events/messaging/archive-entry-due.v1';
import { keepEntry } from '../usecases/bring-to-archive.ts';

export const onArchiveEntryDue: Handler = on(archiveEntryDueV1, keepEntry);
