import { describe, expect, test } from 'vitest';
import {
  type Hours,
  type Said,
  type Seen,
  type Slot,
  boardStateOf,
  dayStateOf,
  dayStates,
} from './day-state.ts';

const lesson: Hours = { starts: '08:30', ends: '09:15' };
const expected: Slot = { unitKind: 'SCHOOL', isOpen: true, hours: lesson, said: [], seen: null };
const sick: Said = { kind: 'AWAY', at: null, isLeave: false };
const marked = (
  standing: Seen['standing'],
  came: string | null = null,
  went: string | null = null,
): Seen => ({
  ...{ standing, came, went },
});
const state = (given: Partial<Slot>) => dayStateOf({ ...expected, ...given });

describe('the state of a child in a slot (ABS-01)', () => {
  test('is expected until somebody has said or seen something, and closed where there is no day', () => {
    expect(state({})).toBe('EXPECTED');
    expect(state({ isOpen: false, said: [sick], seen: marked('PRESENT') })).toBe('CLOSED');
  });

  test('is what staff have seen, whatever was reported (ABS-03)', () => {
    expect(state({ said: [sick] })).toBe('ABSENT_REPORTED');
    expect(state({ said: [sick], seen: marked('PRESENT') })).toBe('PRESENT');
    expect(state({ said: [sick], seen: marked('ABSENT') })).toBe('ABSENT_REPORTED');
    expect(state({ seen: marked('ABSENT') })).toBe('ABSENT_UNREPORTED');
  });

  test('is leave where it was granted, a holy day too (ABS-20), and no absence where the child is elsewhere on duty', () => {
    const leave = { ...sick, isLeave: true };
    expect(state({ said: [sick, leave] })).toBe('LEAVE');
    expect(state({ said: [leave], seen: marked('ABSENT') })).toBe('LEAVE');
    expect(state({ said: [leave], seen: marked('ELSEWHERE') })).toBe('ELSEWHERE');
  });

  test('is late or left early by the clock of the lesson, and only then', () => {
    expect(state({ seen: marked('PRESENT', '08:30', '09:15') })).toBe('PRESENT');
    expect(state({ seen: marked('PRESENT', '08:31') })).toBe('LATE');
    expect(state({ seen: marked('PRESENT', null, '09:14') })).toBe('LEFT_EARLY');
    expect(state({ seen: marked('PRESENT', '08:31', '09:14') })).toBe('LATE');
    expect(state({ hours: null, seen: marked('PRESENT', '08:31') })).toBe('PRESENT');
  });

  test('of a child who is said to come late or leave early: away from the lessons before or after, late for the one between', () => {
    const late = (at: string): Partial<Slot> => ({ said: [{ kind: 'LATE', at, isLeave: false }] });
    expect(state(late('08:30'))).toBe('EXPECTED');
    expect(state(late('08:31'))).toBe('LATE');
    expect(state(late('09:15'))).toBe('ABSENT_REPORTED');
    const early = (at: string): Partial<Slot> => ({ said: [{ kind: 'LEFT_EARLY', at, isLeave: false }] });
    expect(state(early('08:30'))).toBe('ABSENT_REPORTED');
    expect(state(early('09:14'))).toBe('LEFT_EARLY');
    expect(state(early('09:15'))).toBe('EXPECTED');
    expect(state({ ...early('12:00'), hours: null })).toBe('LEFT_EARLY');
  });

  test.each(['KINDERGARTEN', 'AFTER_SCHOOL'] as const)(
    'knows nobody unexcused in %s (ABS-16, ABS-17)',
    (unitKind) => {
      expect(state({ unitKind, seen: marked('ABSENT') })).toBe('ABSENT_REPORTED');
      expect(state({ unitKind, seen: marked('PRESENT', '10:00', '12:00') })).toBe('PRESENT');
    },
  );
});

describe('every combination of plan, reports and mark (ABS-01)', () => {
  const times = [null, '08:00', '08:30', '08:45', '09:15', '10:00'];
  const saids: readonly (readonly Said[])[] = [
    [],
    ...times.flatMap((at) =>
      (['AWAY', 'LATE', 'LEFT_EARLY'] as const).flatMap((kind) =>
        [true, false].map((isLeave) => [{ kind, at: kind === 'AWAY' ? null : at, isLeave }]),
      ),
    ),
    [sick, { kind: 'LATE', at: '08:45', isLeave: false }],
    [{ ...sick, isLeave: true }, sick],
  ];
  const seens: readonly (Seen | null)[] = [
    null,
    marked('ABSENT'),
    marked('ELSEWHERE'),
    ...times.flatMap((came) => times.map((went) => marked('PRESENT', came, went))),
  ];
  const every: Slot[] = (['SCHOOL', 'KINDERGARTEN', 'AFTER_SCHOOL'] as const).flatMap((unitKind) =>
    [true, false].flatMap((isOpen) =>
      [lesson, null].flatMap((hours) =>
        saids.flatMap((said) => seens.map((seen) => ({ unitKind, isOpen, hours, said, seen }))),
      ),
    ),
  );

  /** The slot as minutes that the child is or is not said to be there, read off the rules and not off the code. */
  function naive({ unitKind, isOpen, hours, said, seen }: Slot): string {
    const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
    const from = hours === null ? 0 : minutes(hours.starts);
    const to = hours === null ? 1440 : minutes(hours.ends);
    const all = Array.from({ length: (to - from) / 15 }, (_, index) => from + index * 15);
    const saidThere = (one: Said) =>
      all.filter((minute) => {
        if (one.kind === 'AWAY') return false;
        if (one.at === null) return true;
        return one.kind === 'LATE' ? minute >= minutes(one.at) : minute < minutes(one.at);
      }).length;
    const away = said.filter((one) => saidThere(one) === 0);
    const partly = said.filter((one) => saidThere(one) > 0 && saidThere(one) < all.length);
    if (!isOpen) return 'CLOSED';
    if (seen !== null)
      switch (seen.standing) {
        case 'ELSEWHERE':
          return 'ELSEWHERE';
        case 'PRESENT': {
          if (unitKind !== 'SCHOOL' || hours === null) return 'PRESENT';
          if (seen.came !== null && minutes(seen.came) - from > 0) return 'LATE';
          return seen.went !== null && to - minutes(seen.went) > 0 ? 'LEFT_EARLY' : 'PRESENT';
        }
        case 'ABSENT':
          if (away.length === 0) return unitKind === 'SCHOOL' ? 'ABSENT_UNREPORTED' : 'ABSENT_REPORTED';
      }
    if (away.length > 0) return away.some(({ isLeave }) => isLeave) ? 'LEAVE' : 'ABSENT_REPORTED';
    return partly.find(({ kind }) => kind === 'LATE')?.kind ?? partly[0]?.kind ?? 'EXPECTED';
  }

  test('is as a naive model has it, and each state comes about', () => {
    expect(every.filter((slot) => dayStateOf(slot) !== naive(slot))).toEqual([]);
    expect(new Set(every.map(dayStateOf))).toEqual(new Set(dayStates));
  });

  test('keeps to what has to hold of all of them', () => {
    for (const slot of every) {
      const now = dayStateOf(slot);
      if (slot.seen?.standing === 'PRESENT' && slot.isOpen)
        expect(['PRESENT', 'LATE', 'LEFT_EARLY']).toContain(now);
      if (slot.unitKind !== 'SCHOOL') expect(now).not.toBe('ABSENT_UNREPORTED');
      if (slot.seen === null) expect(now).not.toBe('ABSENT_UNREPORTED');
      // What is reported besides never makes a child who is there absent, nor one who is absent unexcused.
      const more = dayStateOf({ ...slot, said: [...slot.said, sick] });
      if (slot.seen !== null && slot.seen.standing !== 'ABSENT') expect(more).toBe(now);
      expect(more).not.toBe('ABSENT_UNREPORTED');
    }
  });
});

describe('the day on a board', () => {
  const later: Slot = { ...expected, hours: { starts: '09:30', ends: '10:15' } };
  const at = (first: Seen | null, second: Seen | null) =>
    boardStateOf([
      { ...expected, seen: first },
      { ...later, seen: second },
    ]);

  test('is as staff saw it last, and not yet known before that', () => {
    expect(at(null, null)).toBe('NOT_YET_KNOWN');
    expect(at(marked('ABSENT'), null)).toBe('ABSENT_UNREPORTED');
    expect(at(marked('ABSENT'), marked('PRESENT', '09:40'))).toBe('PRESENT');
    expect(at(marked('PRESENT'), marked('ELSEWHERE'))).toBe('ELSEWHERE');
  });

  test('is not yet known of a child who will come late, reported of one who will not come, and nothing on a closed day', () => {
    const said: Said[] = [{ kind: 'LATE', at: '08:45', isLeave: false }];
    expect(boardStateOf([{ ...expected, said }, later])).toBe('NOT_YET_KNOWN');
    expect(boardStateOf([{ ...expected, said: [sick] }])).toBe('ABSENT_REPORTED');
    expect(boardStateOf([{ ...expected, isOpen: false }])).toBeNull();
    expect(boardStateOf([])).toBeNull();
  });
});
