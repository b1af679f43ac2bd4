import { type Handler, on } from '@ranselpost/kit/consume';
import { archiveEntryDueV1 as attendanceArchiveEntryDueV1 } from '@ranselpost/schema/events/attendance/archive-entry-due.v1';
import { keepEntry } from '../usecases/bring-to-archive.ts';

export const onAttendanceArchiveEntryDue: Handler = on(attendanceArchiveEntryDueV1, keepEntry);
