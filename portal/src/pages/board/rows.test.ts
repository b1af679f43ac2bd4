import { describe, expect, test } from 'vitest';
import { type Row, actsOf, isInView, lessonAt, lessonsOf, markOf, shownRows } from './rows.ts';

const slot = { lesson: null, state: 'EXPECTED', mark: null, inDoubt: [] } as const;
const row: Row = {
  ...{ childId: 'ada', called: 'Ada', state: 'NOT_YET_KNOWN', isHere: false, came: null, went: null },
  ...{ alert: null, isTimeToGo: false, stay: null, trip: null, slots: [slot] },
};
const lessons = ['08:30', '10:15'].map((starts, at) => ({
  ...slot,
  lesson: { id: `lesson ${at}`, starts, ends: starts },
}));
const pupil: Row = { ...row, slots: lessons };
const at = (clock: string) => ({
  ...{ unitId: 'unit', day: '2026-11-23', id: `at ${clock}` },
  now: new Date(`2026-11-23T${clock}:00+01:00`),
});
const care = { kind: 'KINDERGARTEN', lesson: null };

describe('a child that is marked in kindergarten (T16)', () => {
  const [before] = shownRows([row], [], care);
  const came = markOf(before!, 'in', at('07:40'));
  const [here] = shownRows([row], [came], care);

  test('is there since it came, also while that is not sent yet', () => {
    expect(here).toMatchObject({ state: 'PRESENT', isHere: true, came: '07:40', isUnsent: true });
  });

  test('goes by a mark that says when it came too, and knows the one before', () => {
    const went = markOf(here!, 'out', at('16:05'));
    expect(went).toMatchObject({ standing: 'PRESENT', came: '07:40', went: '16:05', knew: came.id });
    const [gone] = shownRows([row], [came, went], care);
    expect(isInView(gone!, 'GONE')).toBe(true);
    expect(actsOf(gone!, care.kind)).toEqual(['in']);
  });

  test('is away as reported when it is away, as nobody needs leave there (ABS-16)', () => {
    const [away] = shownRows([row], [markOf(before!, 'absent', at('09:00'))], care);
    expect(away!.state).toBe('ABSENT_REPORTED');
  });
});

describe('a pupil', () => {
  test('is marked in the lesson that is on', () => {
    expect(lessonsOf([pupil, row])).toEqual(['08:30', '10:15']);
    expect(lessonAt(['08:30', '10:15'], at('10:14').now)).toBe('08:30');
    expect(lessonAt(['08:30', '10:15'], at('07:00').now)).toBe('08:30');
    const [shown] = shownRows([pupil], [], { kind: 'SCHOOL', lesson: '10:15' });
    expect(markOf(shown!, 'absent', at('10:20'))).toMatchObject({ lessonId: 'lesson 1', came: null });
  });

  test('is away without a report when nobody has said so, and stays reported when somebody has', () => {
    const school = { kind: 'SCHOOL', lesson: '08:30' };
    const states = (['EXPECTED', 'ABSENT_REPORTED'] as const).map((state) => {
      const one = { ...pupil, slots: [{ ...lessons[0]!, state }] };
      const [before] = shownRows([one], [], school);
      return shownRows([one], [markOf(before!, 'absent', at('08:35'))], school)[0]!.state;
    });
    expect(states).toEqual(['ABSENT_UNREPORTED', 'ABSENT_REPORTED']);
  });

  test('who was said to come later is not known before somebody has seen it', () => {
    const one = { ...pupil, slots: [{ ...lessons[0]!, state: 'LATE' as const }] };
    const [shown] = shownRows([one], [], { kind: 'SCHOOL', lesson: '08:30' });
    expect(shown!.state).toBe('NOT_YET_KNOWN');
  });
});

test('what two have said differently is settled by the next mark (T25)', () => {
  const doubted = { id: 'other', standing: 'ABSENT', came: null, went: null, madeAt: '' } as const;
  const [shown] = shownRows([{ ...row, slots: [{ ...slot, inDoubt: [doubted] }] }], [], care);
  expect(isInView(shown!, 'DOUBT')).toBe(true);
  expect(markOf(shown!, 'in', at('08:00')).settles).toEqual(['other']);
});

test('rows stand by name, whatever becomes of them', () => {
  const rows = ['Åse', 'Bo', 'Ada'].map((called) => ({ ...row, called, childId: called }));
  expect(shownRows(rows, [], care).map((one) => one.row.called)).toEqual(['Ada', 'Bo', 'Åse']);
});
