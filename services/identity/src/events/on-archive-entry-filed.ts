import { type Handler, on } from '@ranselpost/kit/consume';
import { archiveEntryFiledV1 } from '@ranselpost/schema/events/notification/archive-entry-filed.v1';
import { recordArchived } from '../usecases/archive-information-requests.ts';
import type { Surroundings } from '../usecases/deps.ts';

/** Also of entries that are not ours: everybody hears of all of them. */
export const onArchiveEntryFiled = (deps: Surroundings): Handler =>
  on(archiveEntryFiledV1, (tx, data) => recordArchived({ ...deps, db: tx }, data));
