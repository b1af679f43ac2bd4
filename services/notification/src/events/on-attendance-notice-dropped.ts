import { type Handler, on } from '@ranselpost/kit/consume';
import { noticeDroppedV1 as attendanceNoticeDroppedV1 } from '@ranselpost/schema/events/attendance/notice-dropped.v1';
import { dropNotice } from '../usecases/keep-notice.ts';

export const onAttendanceNoticeDropped: Handler = on(attendanceNoticeDroppedV1, (tx, dropped) =>
  dropNotice(tx, dropped),
);
