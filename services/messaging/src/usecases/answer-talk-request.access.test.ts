import { expect, test } from 'vitest';
import {
  inRole,
  integrator,
  mother,
  parental,
  protectedFrom,
  strange,
  teacher,
} from '../../test/meeting-facts.ts';
import { type TalkRequest, mayAnswerTalkRequest } from '../domain/talk-request.ts';

// With what there is: request-talk.access.test.ts.
test('a talk is answered by the side that was asked, and by nobody else (M25, S-06)', () => {
  const asked: TalkRequest = {
    ...{
      id: 'request',
      threadId: 'thread',
      unitId: 'school',
      childIds: ['child'],
      homeReaderIds: ['mother'],
    },
    ...{
      askedBy: 'mother',
      askedAs: 'guardian',
      way: 'PHONE',
      askedAt: new Date(0),
      state: 'OPEN',
      offerId: null,
    },
  };
  const ofStaff: TalkRequest = { ...asked, askedBy: 'teacher', askedAs: 'staff' };
  const role = inRole('TEACHER');
  const may =
    (actor: typeof mother, facts: typeof parental, request: TalkRequest = asked) =>
    () =>
      mayAnswerTalkRequest(actor, { ...facts, kindergartens: [], ownChildIds: [] }, request);
  for (const refused of [
    may(mother, parental),
    may(mother, strange, ofStaff),
    may(mother, parental, { ...ofStaff, homeReaderIds: ['father'] }),
    may(teacher, role, ofStaff),
    may(teacher, strange),
    may(teacher, protectedFrom(role)),
    may(integrator, role),
  ])
    expect(refused).toThrow('Not found.');
  expect(may(teacher, role)).not.toThrow();
  expect(may(mother, parental, ofStaff)).not.toThrow();
});
