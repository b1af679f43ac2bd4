import type { Channel, ContactFacts, Person } from './model.ts';
import { dice } from './random.ts';

const none: ContactFacts = {
  status: 'IKKE_REGISTRERT',
  reserved: false,
  email: null,
  mobile: null,
  language: null,
  mailbox: null,
};
const deleted: ContactFacts = { ...none, status: 'SLETTET' };

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'o')
    .replaceAll('å', 'a')
    .replaceAll(/[^a-z]/g, '');

export function emailAddress(person: Person): string {
  return `${plain(person.given)}.${plain(person.family)}.${person.index}@example.test`;
}

export function channel(
  address: string,
  updatedDaysAgo: number,
  verifiedDaysAgo = updatedDaysAgo,
  duplicated = false,
): Channel {
  return { address, updatedDaysAgo, verifiedDaysAgo, duplicated };
}

/** Fresh, or about two years old: nothing near the limit of eighteen months, so that no test depends on the day. */
function age(stale: boolean, throwOf: number): number {
  return stale ? 730 + Math.floor(throwOf * 400) : 5 + Math.floor(throwOf * 320);
}

export function mobileNumber(person: Person): string {
  return `+47900${String(person.index % 100_000).padStart(5, '0')}`;
}

/** What the contact register knows of a person. Drawn from the person's number, so nothing needs to be kept. */
export function contactOf(person: Person): ContactFacts {
  if (person.contact !== null) return person.contact;
  if (person.kind === 'child' || person.identifiers.every((identifier) => identifier.kind === 'dNummer'))
    return none;
  const throws = dice(7, person.number);
  const standing = throws.next();
  if (standing < 0.07) return none;
  if (standing < 0.09) return deleted;
  const emailAge = age(throws.chance(0.08), throws.next());
  const mobileAge = age(throws.chance(0.05), throws.next());
  const email = throws.chance(0.97)
    ? channel(emailAddress(person), emailAge, Math.floor(emailAge * 0.9))
    : null;
  const mobile = throws.chance(0.98)
    ? channel(mobileNumber(person), mobileAge, mobileAge, throws.chance(0.02))
    : null;
  const tongue = throws.next();
  return {
    status: 'AKTIV',
    reserved: throws.chance(0.03),
    email,
    mobile,
    language: tongue < 0.83 ? 'nb' : tongue < 0.94 ? 'nn' : tongue < 0.98 ? 'en' : 'se',
    mailbox: throws.chance(0.4) ? (throws.chance(0.7) ? '984661185' : '922020175') : null,
  };
}
