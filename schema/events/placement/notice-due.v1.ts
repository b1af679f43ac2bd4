import { defineEvent } from '../event.ts';
import { noticeDueShape } from '../notice-due.ts';

/** Something about a place for a child waits for people in the portal, who are to be told that it does (MSG-14). */
export const noticeDueV1 = defineEvent('placement.notice.due.v1', 'noticeId', noticeDueShape);
