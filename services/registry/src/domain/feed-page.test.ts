import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFeedPage } from './feed-page.ts';

const event = (sekvensnummer: number, more: object = {}) => ({
  sekvensnummer,
  hendelse: {
    folkeregisteridentifikator: '21861864070',
    hendelsetype: 'endringIForeldreansvar',
    ajourholdstidspunkt: '2026-09-01T08:14:22.417+02:00',
    ...more,
  },
});
const sequences = (page: ReturnType<typeof readFeedPage>) => page?.events.map(({ sequence }) => sequence);

describe('reading a page of the feed', () => {
  test('goes on after the last event, in the order of the register (FREG-02)', () => {
    const page = readFeedPage([event(11), event(12), event(13)], 10);
    expect(sequences(page)).toEqual([11, 12, 13]);
    expect(page).toMatchObject({ pointer: 13, gaps: 0, repeated: 0, unreadable: [] });
  });

  test('sorts what comes out of order, and counts numbers that were jumped over (FREG-02)', () => {
    const page = readFeedPage([event(20), event(12)], 10);
    expect(sequences(page)).toEqual([12, 20]);
    expect(page).toMatchObject({ pointer: 20, gaps: 8 });
  });

  test('ignores what it has had, within a page and from an old page (FREG-03)', () => {
    const page = readFeedPage([event(9), event(10), event(11), event(11)], 10);
    expect(sequences(page)).toEqual([11]);
    expect(page).toMatchObject({ repeated: 3, pointer: 11, gaps: 0 });
    expect(readFeedPage([event(9), event(10)], 10)).toMatchObject({ events: [], pointer: 10, repeated: 2 });
  });

  test('reads a type that it does not know, and the spelling of the event document', () => {
    expect(readFeedPage([event(11, { hendelsetype: 'endringIOmsorgsansvar' })], 10)?.events[0]?.type).toBe(
      'endringIOmsorgsansvar',
    );
    const spelt = event(11, { hendelsetype: undefined, hendelsestype: 'personErDoed' });
    expect(readFeedPage([spelt], 10)?.events[0]?.type).toBe('personErDoed');
    expect(readFeedPage([event(11, { hendelsetype: 'a b\u0000' })], 10)?.events[0]?.type).toBe('unknown');
  });

  test('tells of an event that names nobody, and goes on (FREG-02)', () => {
    const page = readFeedPage(
      [event(11), event(12, { folkeregisteridentifikator: '' }), { sekvensnummer: 13 }],
      10,
    );
    expect(page).toMatchObject({ pointer: 13, unreadable: [12, 13], gaps: 0 });
  });

  test.each([
    [{}],
    ['<html>'],
    [null],
    [[{ hendelse: {} }]],
    [[event(11), { sekvensnummer: '12' }]],
    [[event(1.5)]],
  ])('does not take %j for a page: an event without a place could be lost (S-21)', (body) => {
    expect(readFeedPage(body, 10)).toBeNull();
  });

  test('never throws, and never goes back, whatever it gets', () => {
    const item = fc.oneof(
      fc.record({ sekvensnummer: fc.oneof(fc.integer(), fc.anything()), hendelse: fc.anything() }),
      fc.anything(),
    );
    fc.assert(
      fc.property(fc.oneof(fc.array(item), fc.anything()), fc.nat(), (body, pointer) => {
        const page = readFeedPage(body, pointer);
        if (page === null) return;
        expect(page.pointer).toBeGreaterThanOrEqual(pointer);
        expect(page.gaps).toBeGreaterThanOrEqual(0);
        for (const { sequence } of page.events) expect(sequence).toBeGreaterThan(pointer);
      }),
      { numRuns: 2_000 },
    );
  });
});
