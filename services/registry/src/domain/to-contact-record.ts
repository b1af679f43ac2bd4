import type { ContactRecord } from '@ranselpost/schema/events/registry/contact-record';
import { type Unknown, instantOf, isObject, textOf } from './parse.ts';

/** Somebody of whom the register says nothing. */
export const notRegistered: ContactRecord = {
  isReserved: false,
  status: 'NOT_REGISTERED',
  mayBeNotified: false,
  language: null,
  email: null,
  mobile: null,
  hasMailbox: false,
};

const statuses: ReadonlyMap<unknown, ContactRecord['status']> = new Map([
  ['AKTIV', 'ACTIVE'],
  ['SLETTET', 'DELETED'],
  ['IKKE_REGISTRERT', 'NOT_REGISTERED'],
]);
const languages: ReadonlyMap<unknown, ContactRecord['language']> = new Map(
  (['nb', 'nn', 'en', 'se'] as const).map((language) => [language, language]),
);

/**
 * Translates a person of the contact and reservation register; null when it is not a person at all. Each word that we do
 * not know takes the choice that sends nothing (KRR-01): not to be notified, reserved, not registered.
 */
export function toContactRecord(person: unknown): ContactRecord | null {
  if (!isObject(person)) return null;
  const status = statuses.get(person['status']);
  const isReserved = person['reservasjon'] !== 'NEI';
  const contact = isObject(person['kontaktinformasjon']) ? person['kontaktinformasjon'] : {};
  const isActive = status === 'ACTIVE';
  return {
    isReserved,
    status: status ?? 'NOT_REGISTERED',
    mayBeNotified: isActive && !isReserved && person['varslingsstatus'] === 'KAN_VARSLES',
    language: languages.get(person['spraak']) ?? null,
    email: isActive ? readChannel(contact, 'epostadresse') : null,
    mobile: isActive ? readChannel(contact, 'mobiltelefonnummer') : null,
    hasMailbox:
      isActive &&
      isObject(person['digital_post']) &&
      textOf(person['digital_post']['postkasseadresse']) !== null,
  };
}

/** The eighteen months run for each channel from the later of the two (KRR-02). */
function readChannel(contact: Unknown, channel: string): ContactRecord['email'] {
  const value = textOf(contact[channel]);
  if (value === null) return null;
  const dates = [contact[`${channel}_oppdatert`], contact[`${channel}_sist_verifisert`]]
    .map(instantOf)
    .filter((date) => date !== null)
    .toSorted();
  return { value, verifiedAt: dates.at(-1) ?? null };
}
