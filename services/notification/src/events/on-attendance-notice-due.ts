import { type Handler, on } from '@ranselpost/kit/consume';
import { noticeDueV1 as attendanceNoticeDueV1 } from '@ranselpost/schema/events/attendance/notice-due.v1';
import { keepNotice } from '../usecases/keep-notice.ts';

export const onAttendanceNoticeDue: Handler = on(attendanceNoticeDueV1, (tx, due, { source }) =>
  keepNotice(tx, due, source),
);
