import { type Handler, on } from '@ranselpost/kit/consume';
import { noticeDroppedV1 } from '@ranselpost/schema/events/messaging/notice-dropped.v1';
import { dropNotice } from '../usecases/keep-notice.ts';

export const onNoticeDropped: Handler = on(noticeDroppedV1, (tx, dropped) => dropNotice(tx, dropped));
