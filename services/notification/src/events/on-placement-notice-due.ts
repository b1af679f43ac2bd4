import { type Handler, on } from '@ranselpost/kit/consume';
import { noticeDueV1 as placementNoticeDueV1 } from '@ranselpost/schema/events/placement/notice-due.v1';
import { keepNotice } from '../usecases/keep-notice.ts';

export const onPlacementNoticeDue: Handler = on(placementNoticeDueV1, (tx, due, { source }) =>
  keepNotice(tx, due, source),
);
