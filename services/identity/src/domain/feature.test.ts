import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Act,
  type Place,
  type Statement,
  type Unit,
  decideCancellation,
  decideStatement,
  standingAt,
  stopsAgain,
  stopsOfAll,
  stopsOver,
} from './feature.ts';

const school: Unit = { unitId: 'school', kind: 'SCHOOL' };
const otherSchool: Unit = { unitId: 'other', kind: 'SCHOOL' };
const nursery: Unit = { unitId: 'nursery', kind: 'KINDERGARTEN' };
const units = [school, otherSchool, nursery];

// A Tuesday, with ordinary days before and after it.
const today = '2026-11-24';
const tomorrow = '2026-11-25';
const later = '2026-12-01';

const everywhere: Place = { level: 'MUNICIPALITY' };
const schools: Place = { level: 'UNIT_KIND', unitKind: 'SCHOOL' };
const at = (...unitIds: string[]): Place => ({ level: 'UNIT', unitIds });
const notice = { nb: 'Ring oss', nn: 'Ring oss', en: 'Call us' };

let made = 0;
const act = (place: Place, said: Partial<Act>): Act => ({
  ...{
    actId: `act ${(made += 1)}`,
    kind: 'STATEMENT',
    feature: 'ABSENCE',
    place,
    state: 'OPEN',
    opensOn: null,
  },
  ...{ isReadable: true, notice: null, power: 'MUNICIPAL_ADMINISTRATOR', lifts: [], isCancelled: false },
  ...said,
});
const open = (place: Place, said: Partial<Act> = {}) => act(place, said);
const close = (place: Place, said: Partial<Act> = {}) => act(place, { state: 'CLOSED', ...said });
const stop = (place: Place, said: Partial<Act> = {}) =>
  act(place, { kind: 'STOP', state: 'SUSPENDED', ...said });

const stateAt = (unit: Unit, acts: readonly Act[], day = today) => standingAt(unit, acts, day)?.state;

describe('how a feature stands at a unit (D01)', () => {
  test('is not known where nothing was stated, or only of others (D08)', () => {
    expect(standingAt(school, [], today)).toBeUndefined();
    expect(standingAt(nursery, [open(schools), open(at('school'))], today)).toBeUndefined();
  });

  test('is what the most specific statement says, however old it is', () => {
    const acts = [close(at('school')), open(schools), close(everywhere)];
    expect(units.map((unit) => stateAt(unit, acts))).toEqual(['CLOSED', 'OPEN', 'CLOSED']);
  });

  test('is what was said last, of what was said of the same', () => {
    expect(stateAt(school, [open(schools), close(schools)])).toBe('CLOSED');
    expect(stateAt(school, [close(schools), open(schools)])).toBe('OPEN');
  });

  test('is as before, once a statement has been cancelled', () => {
    expect(stateAt(school, [open(everywhere), close(at('school'), { isCancelled: true })])).toBe('OPEN');
  });

  test('shows nothing that exists where it is hidden, and what is read instead', () => {
    const acts = [open(everywhere), act(at('school'), { state: 'SUSPENDED', isReadable: false, notice })];
    expect(standingAt(school, acts, today)).toEqual({
      state: 'SUSPENDED',
      opensOn: null,
      isReadable: false,
      notice,
    });
  });
});

describe('a planned opening (D04)', () => {
  const plan = open(at('school'), { opensOn: tomorrow, notice });

  test('is announced until its day, and open from then on without anybody’s doing', () => {
    expect(standingAt(school, [plan], today)).toMatchObject({
      state: 'ANNOUNCED',
      opensOn: tomorrow,
      notice,
    });
    expect(standingAt(school, [plan], tomorrow)).toMatchObject({ state: 'OPEN', opensOn: tomorrow, notice });
    expect(stateAt(school, [plan], later)).toBe('OPEN');
  });

  test('lets what is suspended be read in until then', () => {
    const acts = [open(everywhere), act(everywhere, { state: 'SUSPENDED' }), plan];
    expect(standingAt(school, acts, today)).toMatchObject({
      ...{ state: 'SUSPENDED', opensOn: tomorrow, isReadable: true },
    });
    expect(stateAt(otherSchool, acts, tomorrow)).toBe('SUSPENDED');
  });

  test('closes nothing that is open', () => expect(stateAt(school, [open(everywhere), plan])).toBe('OPEN'));

  test('is off when it is cancelled, or closed again', () => {
    expect(stateAt(school, [close(everywhere), { ...plan, isCancelled: true }], tomorrow)).toBe('CLOSED');
    expect(stateAt(school, [plan, close(at('school'))], tomorrow)).toBe('CLOSED');
  });

  test('can be called off until its day has come, once', () => {
    expect(decideCancellation(plan, today).ok).toBe(true);
    for (const [one, day] of [
      [plan, tomorrow],
      [{ ...plan, isCancelled: true }, today],
      [open(everywhere), today],
    ] as const)
      expect(decideCancellation(one, day)).toEqual({ ok: false, refusal: { kind: 'opening-not-planned' } });
  });
});

describe('an emergency stop (D02, X07)', () => {
  test.each([
    ['the municipality', everywhere, ['SUSPENDED', 'SUSPENDED', 'SUSPENDED']],
    ['a kind of unit', schools, ['SUSPENDED', 'SUSPENDED', 'OPEN']],
    ['a unit', at('school'), ['SUSPENDED', 'OPEN', 'OPEN']],
  ] as const)('of %s overrides everything below it, also what is said later', (_of, place, expected) => {
    const stopped = stop(place);
    const acts = [
      open(everywhere),
      open(at('school')),
      stopped,
      open(everywhere),
      open(at('school')),
      open(schools),
    ];
    expect(units.map((unit) => stateAt(unit, acts))).toEqual(expected);
  });

  test('ends where it is lifted, and there alone; a new one stops again', () => {
    const first = stop(everywhere, { notice });
    const lift = open(at('school'), { lifts: [first.actId] });
    const acts = [open(everywhere), first, lift];
    expect(units.map((unit) => stateAt(unit, acts))).toEqual(['OPEN', 'SUSPENDED', 'SUSPENDED']);
    expect(stateAt(school, [...acts, stop(everywhere)])).toBe('SUSPENDED');
  });

  test('is lifted in waves, each on its day (D04)', () => {
    const stopped = stop(everywhere, { notice });
    const acts = [
      ...[open(everywhere), stopped],
      open(at('school'), { opensOn: tomorrow, lifts: [stopped.actId] }),
      open(at('other', 'nursery'), { opensOn: later, lifts: [stopped.actId] }),
    ];
    expect(units.map((unit) => stateAt(unit, acts, today))).toEqual(['SUSPENDED', 'SUSPENDED', 'SUSPENDED']);
    expect(units.map((unit) => standingAt(unit, acts, today)?.opensOn)).toEqual([tomorrow, later, later]);
    expect(units.map((unit) => stateAt(unit, acts, tomorrow))).toEqual(['OPEN', 'SUSPENDED', 'SUSPENDED']);
    expect(units.map((unit) => stateAt(unit, acts, later))).toEqual(['OPEN', 'OPEN', 'OPEN']);
    expect(standingAt(school, acts, today)?.notice).toEqual(notice);
  });

  test('gives back what stood before, closed or open, when it is lifted for all', () => {
    const stopped = stop(everywhere);
    const acts = [
      open(everywhere),
      close(at('school')),
      stopped,
      open(everywhere, { lifts: [stopped.actId] }),
    ];
    expect(units.map((unit) => stateAt(unit, acts))).toEqual(['CLOSED', 'OPEN', 'OPEN']);
  });

  test('lets what exists be read, unless it hides it or it was hidden before', () => {
    const readable = (...acts: Act[]) => standingAt(school, acts, today)?.isReadable;
    expect(readable(open(everywhere), stop(everywhere))).toBe(true);
    expect(readable(open(everywhere), stop(everywhere, { isReadable: false }))).toBe(false);
    expect(readable(open(everywhere), stop(everywhere, { isReadable: false }), stop(schools))).toBe(false);
    expect(readable(stop(everywhere))).toBe(false);
  });

  test('whatever is stated, in whatever order: what a stop covers is not open until it is lifted there', () => {
    const place = fc.constantFrom<Place>(
      everywhere,
      schools,
      at('school'),
      at('school', 'other'),
      at('nursery'),
    );
    const said = fc.record({
      place,
      kind: fc.constantFrom('STATEMENT', 'STOP'),
      state: fc.constantFrom('OPEN', 'CLOSED', 'SUSPENDED'),
      opensOn: fc.constantFrom(null, tomorrow, later),
    });
    fc.assert(
      fc.property(fc.array(said, { maxLength: 12 }), (list) => {
        const acts = list.map(({ place: where, kind, state, opensOn }) =>
          kind === 'STOP'
            ? stop(where, { state: state === 'OPEN' ? 'SUSPENDED' : state })
            : act(where, { state, opensOn: state === 'OPEN' ? opensOn : null }),
        );
        for (const unit of units)
          for (const day of [today, tomorrow, later])
            if (stopsOver(at(unit.unitId), acts, units, day).length > 0)
              expect(['CLOSED', 'SUSPENDED']).toContain(stateAt(unit, acts, day));
      }),
    );
  });
});

describe('deciding what somebody states', () => {
  const said = (place: Place, more: Partial<Statement> = {}): Statement => ({
    ...{ feature: 'ABSENCE', place, state: 'OPEN', opensOn: null, isReadable: true, notice: null },
    ...more,
  });
  const administrator = { power: 'MUNICIPAL_ADMINISTRATOR', insistsOnDay: false } as const;
  const leader = { power: 'LEADER', insistsOnDay: false } as const;
  const known = (acts: readonly Act[], named: readonly Unit[] = [], day = today) => ({
    acts,
    units: named,
    today: day,
  });

  test('takes closing and suspending from one person, whatever day it is (D02)', () => {
    const friday = '2026-11-27';
    for (const state of ['CLOSED', 'SUSPENDED'] as const)
      expect(decideStatement(said(at('school'), { state }), leader, known([], [school], friday))).toEqual({
        ok: true,
        value: { lifts: [] },
      });
  });

  test.each([
    ['today, a Friday', null, '2026-11-27', 'FRIDAY'],
    ['a Friday', '2026-11-27', today, 'FRIDAY'],
    ['the day before a holiday', '2026-12-24', today, 'BEFORE_HOLIDAY'],
    ['a holiday', '2026-12-25', '2026-12-01', 'FRIDAY'],
  ] as const)('does not open on %s unless somebody insists (D08)', (_which, opensOn, day, concern) => {
    const wanted = said(everywhere, { opensOn });
    expect(decideStatement(wanted, administrator, known([], [], day))).toEqual({
      ok: false,
      refusal: { kind: 'opening-day-unwise', concern },
    });
    const insisting = { ...administrator, insistsOnDay: true };
    expect(decideStatement(wanted, insisting, known([], [], day)).ok).toBe(true);
  });

  test.each([today, '2026-11-01'])('plans no opening for %s, which is not to come', (opensOn) =>
    expect(decideStatement(said(everywhere, { opensOn }), administrator, known([]))).toEqual({
      ok: false,
      refusal: { kind: 'opening-day-past', firstPossibleDay: tomorrow },
    }),
  );

  test('says which stops an opening would lift: those at its level and above, that are in force there', () => {
    const all = stop(everywhere);
    const kind = stop(schools);
    const one = stop(at('school'));
    const acts = [open(everywhere), all, kind, one];
    const lifts = (place: Place, named: readonly Unit[] = [], more: readonly Act[] = []) => {
      const decision = decideStatement(said(place), administrator, known([...acts, ...more], named));
      return decision.ok ? decision.value.lifts : decision.refusal;
    };
    expect(lifts(everywhere)).toEqual([all.actId]);
    expect(lifts(schools)).toEqual([all.actId, kind.actId]);
    expect(lifts(at('school', 'nursery'), [school, nursery])).toEqual([all.actId, kind.actId, one.actId]);
    expect(lifts(at('nursery'), [nursery])).toEqual([all.actId]);
    expect(lifts(at('nursery'), [nursery], [open(everywhere, { lifts: [all.actId] })])).toEqual([]);
    // A wave that has still to come lifts nothing yet.
    expect(
      lifts(at('nursery'), [nursery], [open(everywhere, { lifts: [all.actId], opensOn: later })]),
    ).toEqual([all.actId]);
  });

  test('lets a leader open only what the municipality has turned on there (D08)', () => {
    const refused = { ok: false, refusal: { kind: 'feature-not-turned-on' } };
    const wanted = said(at('school'));
    for (const acts of [
      [],
      [close(everywhere)],
      [open(at('other'))],
      [open(everywhere, { opensOn: tomorrow })],
      [open(everywhere, { isCancelled: true })],
      [open(at('school'), { power: 'LEADER' })],
    ])
      expect(decideStatement(wanted, leader, known(acts, [school]))).toEqual(refused);
    const turnedOn = [open(schools), close(at('school'), { power: 'LEADER' })];
    expect(decideStatement(wanted, leader, known(turnedOn, [school])).ok).toBe(true);
  });

  test('lets no leader lift what the municipality has stopped, and a leader’s own stop with a second person (D02)', () => {
    const own = stop(at('school'), { power: 'LEADER' });
    const wanted = said(at('school'));
    expect(decideStatement(wanted, leader, known([open(everywhere), own], [school]))).toEqual({
      ok: true,
      value: { lifts: [own.actId] },
    });
    for (const above of [stop(everywhere), stop(schools), stop(at('school'))])
      expect(decideStatement(wanted, leader, known([open(everywhere), own, above], [school]))).toEqual({
        ok: false,
        refusal: { kind: 'feature-stopped-above' },
      });
  });
});

describe('what is stopped again after a restore (S-27)', () => {
  const told = (unitId: string, state: Act['state'], isReadable = true) => ({
    unitId,
    features: [{ feature: 'ABSENCE', state, isReadable }],
  });

  test('is what is open or shown here, and was not by the last word: told together where it is alike', () => {
    const here = ['a', 'b', 'c', 'd', 'e'].map((unitId) => told(unitId, 'OPEN'));
    const words = [
      told('a', 'SUSPENDED'),
      told('b', 'SUSPENDED'),
      told('c', 'CLOSED', false),
      told('d', 'OPEN'),
      told('unknown', 'CLOSED'),
    ];
    expect(stopsAgain(here, words)).toEqual([
      { feature: 'ABSENCE', place: at('a', 'b'), state: 'SUSPENDED', isReadable: true },
      { feature: 'ABSENCE', place: at('c'), state: 'CLOSED', isReadable: false },
    ]);
    expect(stopsAgain([told('a', 'SUSPENDED')], [told('a', 'SUSPENDED', false)])).toHaveLength(1);
    expect(stopsAgain([told('a', 'CLOSED', false)], [told('a', 'SUSPENDED')])).toEqual([]);
  });

  test('is everything that is open or shown, when nobody can say what was told', () => {
    expect(stopsOfAll([told('a', 'OPEN'), told('b', 'SUSPENDED')])).toEqual([
      { feature: 'ABSENCE', place: everywhere, state: 'SUSPENDED', isReadable: false },
    ]);
    expect(stopsOfAll([told('a', 'CLOSED', false)])).toEqual([]);
  });
});
