import * as persons from '../store/persons.ts';
import type { EventDeps } from './deps.ts';

/** Keeps the language that people chose in the contact register. The rest of the record is other services' business. */
export async function recordContacts(
  { db }: EventDeps,
  contacts: readonly {
    readonly personId: string;
    readonly revision: number;
    readonly language: string | null;
  }[],
): Promise<void> {
  const newest = new Map<string, (typeof contacts)[number]>();
  for (const contact of contacts)
    if ((newest.get(contact.personId)?.revision ?? 0) < contact.revision)
      newest.set(contact.personId, contact);
  await persons.saveContacts(db, [...newest.values()]);
}
