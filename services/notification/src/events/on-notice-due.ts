import { type Handler, on } from '@ranselpost/kit/consume';
import { noticeDueV1 } from '@ranselpost/schema/events/messaging/notice-due.v1';
import { keepNotice } from '../usecases/keep-notice.ts';

export const onNoticeDue: Handler = on(noticeDueV1, (tx, due, { source }) => keepNotice(tx, due, source));
