import { defineEvent } from '../event.ts';
import { noticeDroppedShape } from '../notice-due.ts';

/** Nobody, or some no longer, is to be told of something about a child's attendance: it was reported, or marked otherwise, meanwhile. */
export const noticeDroppedV1 = defineEvent('attendance.notice.dropped.v1', 'noticeId', noticeDroppedShape);
