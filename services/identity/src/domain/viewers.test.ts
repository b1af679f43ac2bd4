import { describe, expect, test } from 'vitest';
import { type ViewerFacts, decideViewer } from './viewers.ts';

const holder = (personId: string | null, isActive = true) => ({ personId, isActive });
const said = (holderId: string, answer: 'YES' | 'NO', at: string) => ({ holderId, answer, at });
const agreed: ViewerFacts = {
  isOn: true,
  holders: [holder('mother'), holder('father')],
  answers: [said('mother', 'YES', '2026-09-01T10:00:00Z'), said('father', 'YES', '2026-09-02T10:00:00Z')],
  protections: ['NONE', 'NONE', 'CLIENT_ADDRESS'],
  isRestricted: false,
};
const refused = (kind: string) => ({ ok: false, refusal: { kind } });

describe('somebody without responsibility whom all who have it let see a child (GUA-09)', () => {
  test('sees it where the municipality has turned that on, and not unless it has', () => {
    expect(decideViewer(agreed)).toEqual({ ok: true, value: 'SEES' });
    expect(decideViewer({ ...agreed, isOn: false })).toEqual(refused('off'));
    const { isOn: _on, ...unsaid } = agreed;
    expect(decideViewer(unsaid)).toEqual(refused('off'));
  });

  test('does not while one of them has not agreed', () => {
    expect(decideViewer({ ...agreed, answers: agreed.answers.slice(0, 1) })).toEqual(
      refused('not-all-agree'),
    );
    expect(decideViewer({ ...agreed, answers: [] })).toEqual(refused('not-all-agree'));
    const another = { ...agreed, holders: [...agreed.holders, holder('third')] };
    expect(decideViewer(another)).toEqual(refused('not-all-agree'));
  });

  test('does no more from the moment that one takes it back, whatever the other says; and all are asked anew', () => {
    const back = [...agreed.answers, said('mother', 'NO', '2026-10-01T10:00:00Z')];
    expect(decideViewer({ ...agreed, answers: back })).toEqual(refused('not-all-agree'));
    const again = [...back, said('mother', 'YES', '2026-10-02T10:00:00Z')];
    expect(decideViewer({ ...agreed, answers: again })).toEqual(refused('not-all-agree'));
    const both = [...again, said('father', 'YES', '2026-10-03T10:00:00Z')];
    expect(decideViewer({ ...agreed, answers: both })).toMatchObject({ ok: true });
  });

  test('never sees a protected child, nor one of whom it is not known', () => {
    for (const level of ['FORTROLIG', 'STRENGT_FORTROLIG', null] as const)
      expect(decideViewer({ ...agreed, protections: ['NONE', level] })).toEqual(refused('protected'));
  });

  test('sees none for whom somebody is responsible who cannot be asked: held, restricted, an organisation, nobody', () => {
    for (const other of [holder('father', false), holder(null), holder(null, false)])
      expect(decideViewer({ ...agreed, holders: [holder('mother'), other] })).toEqual(
        refused('not-all-agree'),
      );
    expect(decideViewer({ ...agreed, holders: [] })).toEqual(refused('no-holder'));
  });

  test('is nobody whom a restriction names (GUA-12, S-03)', () => {
    expect(decideViewer({ ...agreed, isRestricted: true })).toEqual(refused('restricted'));
  });

  test('is not let in by whoever is no holder', () => {
    const answers = [...agreed.answers.slice(0, 1), said('uncle', 'YES', '2026-09-02T10:00:00Z')];
    expect(decideViewer({ ...agreed, answers })).toEqual(refused('not-all-agree'));
  });
});
