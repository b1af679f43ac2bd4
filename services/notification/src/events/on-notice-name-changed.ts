import { type Handler, on } from '@ranselpost/kit/consume';
import { noticeNameChangedV1 } from '@ranselpost/schema/events/identity/notice-name-changed.v1';
import { keepName } from '../usecases/keep-people.ts';

export const onNoticeNameChanged: Handler = on(noticeNameChangedV1, (tx, name) => keepName(tx, name));
