import { numberElsewhere } from '../feed.ts';
import type { Edit } from '../register.ts';
import { maybePersonIn, personIn, type Wish } from './wish.ts';

/** "Fetch this person again": what repair batches are made of. `people` sends one for each of many. */
export function personUpdated(edit: Edit, wish: Wish): void {
  const many = Array.isArray(wish['people']) ? (wish['people'] as unknown[]) : [wish['person']];
  for (const person of many) edit.event(personIn(edit, { person }, 'person'), 'personErOppdatert');
}

/** A type that the documentation does not list, about somebody we know or, without `person`, about somebody else. */
export function unknownEvent(edit: Edit, wish: Wish): void {
  const person = maybePersonIn(edit, wish, 'person') ?? numberElsewhere(edit.at);
  edit.event(person, String(wish['type'] ?? 'endringIOmsorgsansvar'));
}

/** An event that does not say whom it is about. */
export function namelessEvent(edit: Edit, wish: Wish): void {
  edit.event('', String(wish['type'] ?? 'personErOppdatert'));
}
