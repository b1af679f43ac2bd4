import { defineEvent } from '../event.ts';
import { noticeDueShape } from '../notice-due.ts';

/** Something about a child's attendance waits for people in the portal, who are to be told that it does (ABS-12, MSG-14). */
export const noticeDueV1 = defineEvent('attendance.notice.due.v1', 'noticeId', noticeDueShape);
