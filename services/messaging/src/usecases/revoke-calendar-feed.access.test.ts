import { expect, test } from 'vitest';
import { mother, parental, strange, teacher } from '../../test/meeting-facts.ts';
import { mayHaveCalendar } from '../domain/calendar.ts';

// As making one: make-calendar-feed.access.test.ts tries the others, and that nobody takes back another's.
test('taking an address back is for guardians', () => {
  expect(() => mayHaveCalendar(teacher, parental, ['child'])).toThrow('Not found.');
  expect(() => mayHaveCalendar(mother, strange, ['child'])).toThrow('Not found.');
  expect(() => mayHaveCalendar(mother, parental, ['child'])).not.toThrow();
});
