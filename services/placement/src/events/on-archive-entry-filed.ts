import { type Handler, on } from '@ranselpost/kit/consume';
import { archiveEntryFiledV1 } from '@ranselpost/schema/events/notification/archive-entry-filed.v1';
import { markAppealFiled } from '../usecases/archive-appeal.ts';

/** Also of entries that are not ours: everybody hears of all of them. */
export const onArchiveEntryFiled: Handler = on(archiveEntryFiledV1, markAppealFiled);
