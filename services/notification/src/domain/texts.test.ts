import { noticeCategories } from '@ranselpost/schema/events/notice-due';
import { describe, expect, test } from 'vitest';
import { textOf, written } from './texts.ts';

describe('the texts of notices', () => {
  test.each(written)('are all there in %s, name the portal, and fit a text message (MSG-14)', (language) => {
    for (const key of [...noticeCategories, 'DIGEST'] as const) {
      const { title, open } = textOf(key, language, 'Ranselpost');
      expect(title).toContain('Ranselpost');
      expect(title).not.toContain('{');
      expect(`${title}. ${open}`.length).toBeLessThan(120);
    }
  });

  test('are there in every language that somebody may have chosen, each its own (LANG-01, KRR-10)', () => {
    expect(written).toEqual(['nb', 'nn', 'en', 'se']);
    expect(new Set(written.map((language) => textOf('MESSAGE', language, 'Ranselpost').open)).size).toBe(3);
    expect(textOf('MESSAGE', 'se', 'Ranselpost').title).toBe('Ranselpost: ođđa dieđáhus');
  });
});
