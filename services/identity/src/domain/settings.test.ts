import type { Actor } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { describe, expect, test } from 'vitest';
import { decideSettings, nothingChosen, ownerOf } from './settings.ts';

describe('choosing settings', () => {
  test('changes what is named and leaves the rest', () => {
    const known = {
      ...nothingChosen,
      ...({ language: 'nn', notices: { MESSAGE: ['EMAIL'] }, namesChild: true } as const),
    };
    expect(decideSettings(known, {})).toEqual({ ok: true, value: known });
    expect(decideSettings(known, { notices: { NEWS: [] } })).toEqual({
      ok: true,
      value: { ...known, notices: { MESSAGE: ['EMAIL'], NEWS: [] } },
    });
    expect(decideSettings(known, { language: null, namesChild: false })).toEqual({
      ok: true,
      value: { ...known, language: null, namesChild: false },
    });
  });

  test.each(['DECISION', 'CHILD_MISSING'] as const)(
    'switches off no address for what has to be told: %s (N01, ABS-12)',
    (notice) => {
      const refused = { ok: false, refusal: { kind: 'notice-obligatory', notice } };
      expect(decideSettings(nothingChosen, { notices: { [notice]: [] } })).toEqual(refused);
      expect(decideSettings(nothingChosen, { notices: { [notice]: ['PUSH', 'EMAIL'] } })).toEqual(refused);
      expect(decideSettings(nothingChosen, { notices: { [notice]: ['EMAIL', 'SMS'] } })).toMatchObject({
        ok: true,
      });
    },
  );

  test('is for oneself, in the capacity one is signed in with, and not for machines (GUA-24, S-01)', () => {
    const { personId } = guardian();
    expect(ownerOf(guardian(personId))).toEqual({ personId, capacity: 'guardian' });
    expect(ownerOf(staff(personId))).toEqual({ personId, capacity: 'staff' });
    const machine: Actor = { kind: 'machine', clientId: 'x', organisation: '310001236', scopes: [] };
    expect(() => ownerOf(machine)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    expect(() => ownerOf({ kind: 'service', name: 'gateway' })).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN' }),
    );
  });
});
