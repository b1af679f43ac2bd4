import { describe, expect, test } from 'vitest';
import { type Application, draftOf, moved, startDays, toInput, wrongs } from './draft.ts';

const round = { admissionYear: 2027, yearBegins: '08-15', wishLimit: 2 };
const wish = (unitId: string) => ({ unitId, siblingId: null });
const empty = { wishes: [], wantedStart: '', guardianIds: [] };

describe('an application that is being written', () => {
  test('moves a wish up and down, and none beyond the ends of the list (P07)', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  });

  test('sends wishes in the order in which they stand, from 1', () => {
    const draft = { ...empty, wishes: [wish('b'), { unitId: 'a', siblingId: 's' }] };
    expect(toInput(draft, { childId: 'c', roundId: 'r' })).toEqual({
      ...{ childId: 'c', roundId: 'r', wantedStart: null, guardianIds: [] },
      wishes: [
        { unitId: 'b', rank: 1 },
        { unitId: 'a', rank: 2, siblingId: 's' },
      ],
    });
  });

  test('names all other guardians until somebody has written something else (BHG-04)', () => {
    const application = { wishes: [], wantedStart: null, guardians: [] } as unknown as Application;
    expect(draftOf(application, ['father']).guardianIds).toEqual(['father']);
    const written = {
      ...application,
      wishes: [{ rank: 1, unit: { id: 'a' }, sibling: null }],
    } as unknown as Application;
    expect(draftOf(written, ['father']).guardianIds).toEqual([]);
  });

  test('wants a place in the year that is applied for (BHG-02)', () => {
    expect(startDays(round)).toEqual({ first: '2027-08-15', last: '2028-08-14' });
  });

  test('tells all that is wrong, each with the step where it is mended', () => {
    expect(wrongs({ ...empty, wantedStart: '2027-08-14' }, round)).toEqual([
      { step: 'wishes', word: 'place.wrong.none' },
      { step: 'start', word: 'place.wrong.start' },
    ]);
    expect(wrongs({ ...empty, wishes: ['a', 'b', 'c'].map(wish) }, round)).toEqual([
      { step: 'wishes', word: 'place.wrong.many' },
    ]);
    expect(wrongs({ ...empty, wishes: [wish('a')], wantedStart: '2028-08-14' }, round)).toEqual([]);
  });
});
