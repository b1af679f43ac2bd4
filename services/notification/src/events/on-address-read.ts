import { type Handler, on } from '@ranselpost/kit/consume';
import type { KeyRing } from '@ranselpost/kit/keys';
import { addressReadV1 } from '@ranselpost/schema/events/registry/address-read.v1';
import { takeAddress } from '../usecases/send-letters.ts';

export const onAddressRead = (contactKeys: KeyRing): Handler =>
  on(addressReadV1, (tx, data) => takeAddress(tx, { contactKeys }, data));
