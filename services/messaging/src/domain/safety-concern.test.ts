import { expect, test } from 'vitest';
import { aboutNoStaff, addressConcern, nameLeaders } from './safety-concern.ts';

const desk = { leaderIds: ['rector', 'deputy'], municipalIds: ['owner', 'rector'] };
const about = (...personIds: string[]) => addressConcern({ isLeader: false, personIds }, desk);

test('a concern goes to who leads, past all of them where it is about one, and to nobody whom it is about (SKM-04)', () => {
  expect(addressConcern(aboutNoStaff, desk)).toEqual({
    ...{ aboutIds: [], isPastLeaders: false, toldIds: ['rector', 'deputy'] },
  });
  expect(about('teacher')).toMatchObject({ isPastLeaders: false, toldIds: ['rector', 'deputy'] });
  // Whoever leads a school may be the municipality's too.
  expect(about('rector')).toEqual({ aboutIds: ['rector'], isPastLeaders: true, toldIds: ['owner'] });
  expect(addressConcern({ isLeader: true, personIds: [] }, desk)).toEqual({
    ...{ aboutIds: ['rector', 'deputy'], isPastLeaders: true, toldIds: ['owner'] },
  });
  expect(addressConcern(aboutNoStaff, { ...desk, leaderIds: [] }).toldIds).toEqual(['owner', 'rector']);
});

test('“the leader” is who leads where it was written, and where nobody does whoever it goes on to does', () => {
  const leader = { isLeader: true, personIds: ['teacher'] };
  expect(nameLeaders(leader, ['head'])).toEqual({ isLeader: false, personIds: ['teacher', 'head'] });
  expect(nameLeaders(leader, [])).toEqual(leader);
  expect(nameLeaders(aboutNoStaff, ['head'])).toEqual(aboutNoStaff);
});
