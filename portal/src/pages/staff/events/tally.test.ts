import { expect, test } from 'vitest';
import { tallyOf } from './tally.ts';

const child = (id: string) => ({ id, name: null });

test('answers are counted by choice with the adults who come, and whoever has not answered is last (M35, M37)', () => {
  const tally = tallyOf(
    {
      children: ['a', 'b', 'c', 'd'].map(child),
      answers: [
        { choice: 1, adults: 2, child: { id: 'a' } },
        { choice: 1, adults: 1, child: { id: 'b' } },
        { choice: 0, adults: 0, child: { id: 'c' } },
      ],
    },
    2,
  );
  expect(tally.map(({ choice, children, adults }) => [choice, children.map(({ id }) => id), adults])).toEqual(
    [
      [0, ['c'], 0],
      [1, ['a', 'b'], 3],
      [null, ['d'], 0],
    ],
  );
});
