import { type Handler, on } from '@ranselpost/kit/consume';
import { addressWantedV1 } from '@ranselpost/schema/events/notification/address-wanted.v1';
import { orderAddress } from '../usecases/answer-addresses.ts';

export const onAddressWanted: Handler = on(addressWantedV1, orderAddress);
