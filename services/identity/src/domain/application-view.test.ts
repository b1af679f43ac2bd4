import { describe, expect, test } from 'vitest';
import { applicationFields, decideFiling, fieldsFor, onDisagreement } from './application-view.ts';

const application = { applicantId: 'mother' };
const asGuardian = (personId: string) => ({ personId, isGuardian: true });

describe('an application for a place (GUA-22)', () => {
  test('shows the other holder the child, the wished units, how it stands, the offer and the decision, and nothing else', () => {
    expect(fieldsFor(asGuardian('father'), application)).toEqual([
      'CHILD',
      'WISHED_UNITS',
      'STATUS',
      'OFFER',
      'DECISION',
    ]);
  });

  test('shows whoever sent it all of it', () => {
    expect(fieldsFor(asGuardian('mother'), application)).toEqual(applicationFields);
  });

  test('shows nothing to whoever is no guardian now: also not to who sent it (GUA-01)', () => {
    for (const personId of ['mother', 'father', 'stranger'])
      expect(fieldsFor({ personId, isGuardian: false }, application)).toEqual([]);
  });

  const both = [
    { personId: 'mother', isShownToApplicant: true },
    { personId: 'father', isShownToApplicant: true },
  ];

  test('is sent by one holder who names the other', () => {
    expect(decideFiling({ applicantId: 'mother', named: ['father'] }, both)).toEqual({
      ok: true,
      value: { holderIds: ['mother', 'father'] },
    });
    expect(decideFiling({ applicantId: 'mother', named: [] }, both)).toMatchObject({
      refusal: { kind: 'other-holder-missing' },
    });
    expect(decideFiling({ applicantId: 'mother', named: [] }, both.slice(0, 1))).toMatchObject({ ok: true });
    expect(decideFiling({ applicantId: 'stranger', named: ['mother', 'father'] }, both)).toMatchObject({
      refusal: { kind: 'not-a-holder' },
    });
  });

  test('does not ask for one whom the applicant is not to know of: the same answer as for who is alone (ADR-19)', () => {
    const hidden = [both[0]!, { personId: 'father', isShownToApplicant: false }];
    expect(decideFiling({ applicantId: 'mother', named: [] }, hidden)).toMatchObject({ ok: true });
  });

  test('goes to a case worker where the other disagrees, and does not stop', () => {
    expect(onDisagreement).toEqual({ isStopped: false, goesTo: 'CASE_WORKER' });
  });
});
