import { defineEvent } from '../event.ts';
import { noticeDueShape } from '../notice-due.ts';

/** Messages or news wait for people in the portal, who are to be told that something does (MSG-14). */
export const noticeDueV1 = defineEvent('messaging.notice.due.v1', 'noticeId', noticeDueShape);
