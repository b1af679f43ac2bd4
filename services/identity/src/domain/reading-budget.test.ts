import { expect, test } from 'vitest';
import { decideAlarms } from './reading-budget.ts';

test('an alarm is for whoever has read of more children than budgeted, once an hour (V07)', () => {
  const readings = [
    { readerId: 'under', children: 29 },
    { readerId: 'at', children: 30 },
    { readerId: 'over', children: 31 },
    { readerId: 'known', children: 300 },
  ];
  expect(decideAlarms(readings, ['known'], 30)).toEqual([{ readerId: 'over', children: 31 }]);
});
