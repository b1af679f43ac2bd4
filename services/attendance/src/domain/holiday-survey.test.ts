import { instantOf } from '@ranselpost/kit/pure/dates';
import { describe, expect, test } from 'vitest';
import { defaultCalendar } from './calendar.ts';
import { type ExpectedChild, expectedOn } from './expected.ts';
import type { Stay } from './stay.ts';
import {
  type HolidayAnswer,
  type HolidaySurvey,
  decideSurvey,
  decideSurveyAnswer,
  resultOf,
  staysWith,
} from './holiday-survey.ts';

const open = { state: 'OPEN', opensOn: null, isReadable: true } as const;
const features = { feature: 'ABSENCE', atUnits: new Map([['k', open]]) } as const;
const stopped = {
  feature: 'ABSENCE',
  atUnits: new Map([['k', { ...open, state: 'SUSPENDED' as const }]]),
} as const;
const [monday, tuesday, friday] = ['2026-03-30', '2026-03-31', '2026-04-03'];
const calendar = defaultCalendar('k', 'KINDERGARTEN');
const refused = (kind: string) => ({ ok: false, refusal: expect.objectContaining({ kind }) });

describe('asking who comes in a holiday (T19)', () => {
  const terms = { unitId: 'k', firstDay: monday, lastDay: friday, asksHalfDays: true, groupIds: [] };
  const now = instantOf('2026-03-02', '12:00');
  const until = instantOf('2026-03-20', '23:59');
  const decide = (given: object = {}, known: object = {}) =>
    decideSurvey({ ...terms, answerUntil: until, ...given }, { now, calendar, features, ...known });

  test('is of the days on which the unit is open, with a reminder in the morning two days before', () => {
    // Maundy Thursday and Good Friday are closed by themselves.
    expect(decide()).toEqual({
      ok: true,
      value: { days: [monday, tuesday, '2026-04-01'], remindAt: instantOf('2026-03-18', '10:00') },
    });
    const soon = decide({}, { now: instantOf('2026-03-19', '12:00') });
    expect(soon).toMatchObject({ value: { remindAt: until } });
  });

  test('is refused at a school, without open days, after the fact, and while absence is stopped (X07)', () => {
    expect(decide({}, { calendar: defaultCalendar('k', 'SCHOOL') })).toEqual(refused('survey-unit-wrong'));
    expect(decide({}, { calendar: undefined })).toEqual(refused('survey-unit-wrong'));
    expect(decide({ firstDay: friday, lastDay: friday })).toEqual(refused('survey-days-wrong'));
    expect(decide({ firstDay: friday, lastDay: monday })).toEqual(refused('survey-days-wrong'));
    expect(decide({ lastDay: '2027-03-30' })).toEqual(refused('survey-days-wrong'));
    expect(decide({ answerUntil: now })).toEqual(refused('survey-deadline-wrong'));
    expect(decide({ answerUntil: instantOf(monday, '00:01') })).toEqual(refused('survey-deadline-wrong'));
    expect(decide({}, { features: stopped })).toEqual(refused('feature-closed'));
  });

  const survey: HolidaySurvey = {
    ...{ id: 's', unitId: 'k', days: [monday, tuesday], asksHalfDays: false, groupIds: ['g'] },
    ...{ answerUntil: until, withdrawnAt: null },
  };
  const answer = (given: object = {}, day = monday, part: HolidayAnswer['part'] = 'NONE') =>
    decideSurveyAnswer(
      { ...survey, ...('survey' in given ? (given.survey as object) : {}) },
      [{ day, part }],
      { now, today: '2026-03-02', isStaff: false, features, ...given },
    );

  test('guardians answer until the deadline, staff until a day is over, and only what is asked', () => {
    expect(answer().ok).toBe(true);
    expect(answer({ now: until })).toEqual(refused('survey-closed'));
    expect(answer({ now: until, isStaff: true, today: monday }).ok).toBe(true);
    expect(answer({ isStaff: true, today: tuesday })).toEqual(refused('survey-day-wrong'));
    expect(answer({ isStaff: true, survey: { withdrawnAt: now } })).toEqual(refused('survey-closed'));
    expect(answer({}, friday)).toEqual(refused('survey-day-wrong'));
    expect(answer({}, monday, 'MORNING')).toEqual(refused('survey-day-wrong'));
    expect(answer({ survey: { asksHalfDays: true } }, monday, 'MORNING').ok).toBe(true);
    expect(answer({ features: stopped })).toEqual(refused('feature-closed'));
  });

  test('the last answer of each day counts, and who has not answered all is known', () => {
    const place = { unitId: 'k', from: '2020-01-01', to: null };
    const enrolments = [
      { ...place, childId: 'a', groupIds: ['g'] },
      { ...place, childId: 'b', groupIds: ['g'], to: tuesday },
      { ...place, childId: 'c', groupIds: ['other'] },
    ];
    const said = (childId: string, day: string, part: HolidayAnswer['part']): HolidayAnswer => ({
      ...{ surveyId: 's', childId, day, part, isByStaff: false, answeredBy: 'm', answeredAt: now },
    });
    const answers = [said('a', monday, 'WHOLE'), said('a', monday, 'NONE'), said('b', monday, 'WHOLE')];
    const { days, unanswered } = resultOf(survey, ['c', 'b', 'a'], enrolments, answers);
    const none = { NONE: 0, WHOLE: 0, MORNING: 0, AFTERNOON: 0, UNANSWERED: 0 };
    expect(days.map(({ counts }) => counts)).toEqual([
      { ...none, NONE: 1, WHOLE: 1 },
      { ...none, UNANSWERED: 1 },
    ]);
    expect(unanswered).toEqual(['a']);
  });
});

describe('what was answered', () => {
  const usual = {
    ...{ childId: 'a', unitId: 'k', weekday: 1, day: null, comes: true },
    ...{ arrives: '08:00', leaves: '15:00', goesHome: 'FETCHED' as const },
  };
  const on = { childId: 'a', unitId: 'k', day: monday };

  test('holds for the day instead of the week, and not against hours of that very day', () => {
    expect(staysWith([usual], undefined, on)).toEqual([usual]);
    expect(staysWith([usual], 'NONE', on)[1]).toMatchObject({ day: monday, comes: false, arrives: null });
    expect(staysWith([usual], 'MORNING', on)[1]).toMatchObject({ arrives: '08:00', leaves: '12:00' });
    expect(staysWith([usual], 'AFTERNOON', on)[1]).toMatchObject({ arrives: '12:00', leaves: '15:00' });
    const that: Stay = { ...usual, weekday: null, day: monday };
    expect(staysWith([that], 'NONE', on)).toEqual([that]);
  });

  test('is counted with what was reported, granted and agreed, each child once (T24)', () => {
    const child = (childId: string, given: Partial<ExpectedChild> = {}): ExpectedChild => ({
      ...{
        childId,
        groupIds: ['g'],
        from: '2020-01-01',
        to: null,
        said: [],
        stays: [],
        answers: [],
        ...given,
      },
    });
    const away = { day: monday, kind: 'AWAY' as const, at: null };
    const children = [
      child('comes'),
      child('left', { to: monday }),
      child('sick', { said: [{ ...away, isLeave: false }], answers: [{ day: monday, part: 'WHOLE' }] }),
      child('leave', { said: [{ ...away, isLeave: true }], groupIds: ['h'] }),
      child('not', { stays: [{ ...usual, comes: false, arrives: null, leaves: null, goesHome: null }] }),
      child('half', { answers: [{ day: monday, part: 'MORNING' }] }),
      child('stays at home', { answers: [{ day: monday, part: 'NONE' }] }),
    ];
    const { all, groups } = expectedOn(calendar, monday, children);
    expect(all).toEqual({ expected: 2, halfDay: 1, away: 1, onLeave: 1, notComing: 2, bySurvey: 1 });
    expect(groups.map(({ groupId, expected, onLeave }) => [groupId, expected, onLeave])).toEqual([
      ['g', 2, 0],
      ['h', 0, 1],
    ]);
    expect(expectedOn(calendar, friday, children)).toMatchObject({ isOpen: false, groups: [] });
  });
});
