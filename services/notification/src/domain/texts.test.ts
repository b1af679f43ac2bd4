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

  test('are bokmål where there are none (KRR-10)', () => {
    expect(textOf('MESSAGE', 'se', 'Ranselpost')).toEqual(textOf('MESSAGE', 'nb', 'Ranselpost'));
  });
});
