import { defineEvent } from '../event.ts';
import { noticeDroppedShape } from '../notice-due.ts';

/** Nobody, or some no longer, is to be told of a message or a piece of news: it was withdrawn or read, or a right ended (MSG-17, GUA-10). */
export const noticeDroppedV1 = defineEvent('messaging.notice.dropped.v1', 'noticeId', noticeDroppedShape);
