import { describe, expect, test } from 'vitest';
import {
  type Findings,
  type InformationRequest,
  type RefusalGround,
  complaintDeadline,
  decideAsking,
  decideCheck,
  decideComplaint,
  decideDraft,
  decideOpening,
  decideRelease,
  decideWithdrawal,
  groundsFor,
  routeFor,
  isOver,
  mayBeAnswered,
  shareAName,
  toToldGround,
  toldState,
} from './information-request.ts';
import { lawProfile } from './law-profile.ts';

const received: InformationRequest = {
  requestId: 'request',
  askerId: 'father',
  scope: 'SCHOOL',
  state: 'RECEIVED',
  route: 'DESK',
  receivedAt: new Date('2026-11-02T08:00:00Z'),
  findings: null,
  draft: null,
  closedAt: null,
  openedAt: null,
  complainedAt: null,
};
const clear: Findings = {
  childId: 'child',
  standing: 'PARENT_BY_REGISTER',
  voidBy: null,
  isHarmful: false,
  isSecret: false,
};
const checked: InformationRequest = { ...received, state: 'CHECKED', findings: clear };
const protectedOne: InformationRequest = { ...checked, route: 'PROTECTION' };
const answered: InformationRequest = {
  ...checked,
  state: 'ANSWERED',
  closedAt: new Date('2026-11-03T08:00:00Z'),
};
const refused: InformationRequest = { ...answered, state: 'REFUSED' };
const closed = [answered, refused, { ...answered, state: 'WITHDRAWN' as const }];
const law = lawProfile('2026-11-03');

const register = { candidates: ['child'], isParent: true, isHolder: false };
const input = { childId: 'child', voidBy: null, isHarmful: false, isSecret: false, hasProof: false };
const facts = { text: 'Han trives.', places: ['Paraplyen skole', '4A'] };
const refusal = (kind: string) => ({ ok: false, refusal: { kind } });

describe('asking (GUA-07)', () => {
  test('takes a few at a time and in a day, whoever they are about (GUA-20)', () => {
    expect(decideAsking({ open: 2, inADay: 4 }).ok).toBe(true);
    expect(decideAsking({ open: 3, inADay: 3 })).toEqual(refusal('too-many'));
    expect(decideAsking({ open: 0, inADay: 5 })).toEqual(refusal('too-many'));
  });

  test('says nothing of how far it is until there is a decision (GUA-20)', () => {
    expect(toldState('CHECKED')).toBe('RECEIVED');
    expect(toldState('RECEIVED')).toBe('RECEIVED');
    expect(toldState('REFUSED')).toBe('REFUSED');
  });

  test('can be taken back until it is decided', () => {
    for (const request of [received, checked]) expect(decideWithdrawal(request).ok).toBe(true);
    for (const request of closed) expect(decideWithdrawal(request)).toEqual(refusal('decided'));
  });
});

describe('the check (GUA-07)', () => {
  test.each([
    ['a parent by the register', {}, {}, 'PARENT_BY_REGISTER'],
    ['a parent by proof', { isParent: false }, { hasProof: true }, 'PARENT_BY_PROOF'],
    ['nobody’s parent', { isParent: false }, {}, 'NOT_SHOWN'],
    ['a holder whom a restriction keeps out (GUA-12)', { isHolder: true }, {}, 'HOLDER'],
    ['nobody when there is no child', {}, { childId: null, hasProof: true }, 'NOT_SHOWN'],
  ])('takes the asker for %s', (_who, said, found, standing) => {
    expect(decideCheck(received, { ...input, ...found }, { ...register, ...said })).toMatchObject({
      ok: true,
      value: { standing },
    });
  });

  test('is about a child that the asker’s words may mean, and no other', () => {
    expect(decideCheck(received, { ...input, childId: 'another' }, register)).toEqual(
      refusal('not-a-candidate'),
    );
  });

  test('can be done anew, and not after the decision (ADM-10)', () => {
    expect(decideCheck(checked, input, register).ok).toBe(true);
    for (const request of closed) {
      expect(decideCheck(request, input, register)).toEqual(refusal('closed'));
      expect(decideDraft(request, { kind: 'ANSWER', by: 'worker' }, facts)).toEqual(refusal('closed'));
      expect(decideRelease(request, 'worker')).toEqual(refusal('closed'));
    }
  });
});

describe('answer and refusal (GUA-08)', () => {
  const answer = { kind: 'ANSWER', by: 'worker' } as const;
  const refuseFor = (ground: RefusalGround) => ({ kind: 'REFUSAL', ground, by: 'worker' }) as const;
  const contrary: readonly [string, Partial<Findings>, RefusalGround][] = [
    ['no child here', { childId: null, standing: 'NOT_SHOWN' }, 'NO_CHILD_HERE'],
    ['not a parent', { standing: 'NOT_SHOWN' }, 'NOT_A_PARENT'],
    ['responsibility taken by child welfare', { voidBy: 'CHILD_WELFARE' }, 'RIGHT_VOID'],
    ['the right taken by the county governor', { voidBy: 'COUNTY_GOVERNOR' }, 'RIGHT_VOID'],
    ['harm', { isHarmful: true }, 'HARM'],
    ['secrecy towards parents', { isSecret: true }, 'SECRECY'],
  ];

  test('a parent is answered when nothing was found against it', () => {
    for (const standing of ['PARENT_BY_REGISTER', 'PARENT_BY_PROOF', 'HOLDER'] as const)
      expect(mayBeAnswered({ ...clear, standing })).toBe(true);
    expect(decideDraft(checked, answer, facts).ok).toBe(true);
  });

  test.each(contrary)('%s is refused and not answered', (_what, found, ground) => {
    const request = { ...checked, findings: { ...clear, ...found } };
    expect(decideDraft(request, answer, facts)).toEqual(refusal('findings-forbid'));
    expect(groundsFor(request.findings, 'DESK')).toEqual([ground]);
    expect(decideDraft(request, refuseFor(ground), facts).ok).toBe(true);
  });

  test('nothing is refused without a ground that was found', () => {
    for (const [, , ground] of contrary)
      expect(decideDraft(checked, refuseFor(ground), facts)).toEqual(refusal('findings-forbid'));
    expect(decideDraft(checked, refuseFor('PROTECTED'), facts)).toEqual(refusal('findings-forbid'));
  });

  test('nothing is written before the check, nor released before it is written', () => {
    expect(decideDraft(received, answer, facts)).toEqual(refusal('not-checked'));
    expect(decideRelease(checked, 'worker')).toEqual(refusal('nothing-drafted'));
  });

  test('who wrote it may release it, of a child that is not protected', () => {
    const draft = { kind: 'ANSWER', by: 'worker' } as const;
    expect(decideRelease({ ...checked, draft }, 'worker')).toEqual({ ok: true, value: draft });
  });
});

test('one protected child among those it may mean lays a request before the protection officers (ADR-01, ADR-14)', () => {
  for (const levels of [[], ['NONE'], ['NONE', 'CLIENT_ADDRESS']] as const)
    expect(routeFor(levels)).toBe('DESK');
  for (const levels of [['FORTROLIG'], ['NONE', 'STRENGT_FORTROLIG', 'NONE']] as const)
    expect(routeFor(levels)).toBe('PROTECTION');
});

describe('a protected child (ADR-04, GUA-08)', () => {
  const by = 'officer';

  test.each([
    'Han trives på Paraplyen skole.',
    'Han trives på PARAPLYEN  Skole!',
    'Han går i 4a, og trives.',
    'Paraplyen-skole',
  ])('is not told of with the name of a place: %s', (text) => {
    expect(decideDraft(protectedOne, { kind: 'ANSWER', by }, { ...facts, text })).toEqual(
      refusal('reveals-place'),
    );
    expect(decideDraft(checked, { kind: 'ANSWER', by }, { ...facts, text }).ok).toBe(true);
  });

  test('may be told of without one, or refused whatever was found', () => {
    expect(decideDraft(protectedOne, { kind: 'ANSWER', by }, facts).ok).toBe(true);
    expect(decideDraft(protectedOne, { kind: 'REFUSAL', ground: 'PROTECTED', by }, facts).ok).toBe(true);
  });

  test('takes a second person to release', () => {
    const request = { ...protectedOne, draft: { kind: 'ANSWER', by } as const };
    expect(decideRelease(request, by)).toEqual(refusal('second-person-needed'));
    expect(decideRelease(request, 'second officer').ok).toBe(true);
  });

  test('is refused in the very words that nobody’s child is (GUA-20, S-06)', () => {
    for (const ground of ['NO_CHILD_HERE', 'NOT_A_PARENT'] as const)
      expect(toToldGround(ground, 'DESK')).toBe('UNTOLD');
    for (const ground of ['PROTECTED', 'HARM', 'SECRECY', 'RIGHT_VOID', 'NO_CHILD_HERE'] as const)
      expect(toToldGround(ground, 'PROTECTION')).toBe('UNTOLD');
    expect(toToldGround('HARM', 'DESK')).toBe('HARM');
  });
});

describe('the one answer (GUA-07)', () => {
  const opened = { ...answered, openedAt: new Date('2026-11-05T08:00:00Z') };
  const at = (instant: string, isFirstKey = false) => ({ now: new Date(instant), isFirstKey });

  test('waits thirty days, and is gone then', () => {
    expect(decideOpening(answered, at('2026-12-02T22:59:59Z')).ok).toBe(true);
    expect(decideOpening(answered, at('2026-12-02T23:00:00Z'))).toEqual(refusal('gone'));
  });

  test('is read once; the same reading again within a quarter of an hour', () => {
    expect(decideOpening(opened, at('2026-11-05T08:14:59Z', true)).ok).toBe(true);
    expect(decideOpening(opened, at('2026-11-05T08:15:00Z', true))).toEqual(refusal('gone'));
    expect(decideOpening(opened, at('2026-11-05T08:00:01Z'))).toEqual(refusal('gone'));
  });

  test('is not there before it is released, or after the question was taken back', () => {
    for (const request of [received, checked, { ...answered, state: 'WITHDRAWN' as const }])
      expect(decideOpening(request, at('2026-11-05T08:00:00Z'))).toEqual(refusal('not-decided'));
  });

  test('a refusal is read as often as it takes', () => {
    expect(decideOpening({ ...refused, openedAt: new Date() }, at('2030-01-01T08:00:00Z')).ok).toBe(true);
  });
});

describe('a complaint (GUA-08, ADM-03, ADM-06)', () => {
  test('has three weeks from the day the refusal was opened, and no deadline before that', () => {
    expect(complaintDeadline(null, law)).toBeNull();
    expect(complaintDeadline(new Date('2026-11-04T08:00:00Z'), law)).toBe('2026-11-25');
    expect(complaintDeadline(new Date('2026-12-04T08:00:00Z'), law)).toBe('2026-12-28');
  });

  test('is received late too, and once', () => {
    const openedAt = new Date('2026-11-04T08:00:00Z');
    const onTime = { ok: true, value: { isLate: false } };
    expect(decideComplaint({ ...refused, openedAt }, '2026-11-25', law)).toEqual(onTime);
    expect(decideComplaint({ ...refused, openedAt }, '2026-11-26', law)).toEqual({
      ok: true,
      value: { isLate: true },
    });
    expect(decideComplaint(refused, '2027-11-26', law)).toEqual(onTime);
    expect(decideComplaint({ ...refused, complainedAt: new Date() }, '2026-11-25', law)).toEqual(
      refusal('already-complained'),
    );
  });

  test('is about a refusal', () => {
    for (const request of [received, checked, answered])
      expect(decideComplaint(request, '2026-11-25', law)).toEqual(refusal('nothing-refused'));
  });
});

describe('when a case is over (RET-02)', () => {
  const openedAt = new Date('2026-11-04T08:00:00Z');
  test.each([
    ['an answer that was read', { ...answered, openedAt }, '2026-11-04T08:14:59Z', '2026-11-04T08:15:00Z'],
    ['an answer that nobody read', answered, '2026-12-02T22:59:00Z', '2026-12-02T23:00:00Z'],
    ['a refusal', { ...refused, openedAt }, '2026-11-25T22:59:00Z', '2026-11-25T23:00:00Z'],
  ])('%s is until its time is out', (_what, request, before, after) => {
    expect(isOver(request, new Date(before), law)).toBe(false);
    expect(isOver(request, new Date(after), law)).toBe(true);
  });

  test('a question taken back and a complaint are at once; an open case and an unread refusal never', () => {
    const now = new Date('2030-01-01T00:00:00Z');
    expect(isOver({ ...answered, state: 'WITHDRAWN' }, answered.closedAt!, law)).toBe(true);
    expect(isOver({ ...refused, complainedAt: openedAt }, openedAt, law)).toBe(true);
    for (const request of [received, checked, refused]) expect(isOver(request, now, law)).toBe(false);
  });
});

test.each([
  ['Spettet Krumkake', 'SPETTET KRUMKAKE', true],
  ['Spettet', 'SPETTET KRUMKAKE', true],
  ['Øystein Åse', 'ÅSE-LILL BERG', true],
  ['Anne B', 'KARI B', false],
  ['', 'KARI', false],
])('%j and %j share a name: %s', (one, other, answer) => {
  expect(shareAName(one, other)).toBe(answer);
});
