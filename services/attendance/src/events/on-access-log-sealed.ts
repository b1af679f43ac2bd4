import { type Handler, on } from '@ranselpost/kit/consume';
import { accessLogSealedV1 } from '@ranselpost/schema/events/identity/access-log-sealed.v1';
import { keepLogHead } from '../usecases/keep-log-heads.ts';

export const onAccessLogSealed: Handler = on(accessLogSealedV1, (tx, head) => keepLogHead(tx, head));
