import { type Handler, on } from '@ranselpost/kit/consume';
import { archiveEntryDueV1 as placementArchiveEntryDueV1 } from '@ranselpost/schema/events/placement/archive-entry-due.v1';
import { keepEntry } from '../usecases/bring-to-archive.ts';

export const onPlacementArchiveEntryDue: Handler = on(placementArchiveEntryDueV1, keepEntry);
