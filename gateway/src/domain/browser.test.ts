import { describe, expect, test } from 'vitest';
import { toBrowser } from './browser.ts';

const mozilla = 'Mozilla/5.0';
const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const apple = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';

describe('a browser', () => {
  test.each([
    [`${mozilla} (Windows NT 10.0; Win64; x64) ${webkit} Chrome/143.0.0.0 Safari/537.36`, 'CHROME WINDOWS'],
    [
      `${mozilla} (Windows NT 10.0; Win64; x64) ${webkit} Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0`,
      'EDGE WINDOWS',
    ],
    [`${mozilla} (Macintosh; Intel Mac OS X 10_15_7) ${apple} Version/26.1 Safari/605.1.15`, 'SAFARI MACOS'],
    [
      `${mozilla} (iPhone; CPU iPhone OS 18_7 like Mac OS X) ${apple} Version/26.1 Mobile/15E148 Safari/604.1`,
      'SAFARI IOS',
    ],
    [
      `${mozilla} (iPhone; CPU iPhone OS 18_7 like Mac OS X) ${apple} CriOS/143.0.1.2 Mobile/15E148 Safari/604.1`,
      'CHROME IOS',
    ],
    [`${mozilla} (Android 16; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0`, 'FIREFOX ANDROID'],
    [
      `${mozilla} (Linux; Android 10; K) ${webkit} SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36`,
      'SAMSUNG ANDROID',
    ],
    [`${mozilla} (X11; CrOS x86_64 14541.0.0) ${webkit} Chrome/143.0.0.0 Safari/537.36`, 'CHROME CHROMEOS'],
    [`${mozilla} (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0`, 'FIREFOX LINUX'],
    [`${mozilla} (X11; Linux x86_64) ${webkit} Chrome/143.0.0.0 Safari/537.36 OPR/124.0.0.0`, 'OPERA LINUX'],
    ['curl/8.14.1', 'OTHER OTHER'],
    ['<script>alert(1)</script>', 'OTHER OTHER'],
    ['', 'OTHER OTHER'],
    [undefined, 'OTHER OTHER'],
  ])('that says %s is a kind of its own and no more', (userAgent, kind) => {
    const { name, platform } = toBrowser(userAgent);
    expect(`${name} ${platform}`).toBe(kind);
  });

  test('is looked at no further than a real one goes on', () => {
    expect(toBrowser(`${'Version/ '.repeat(100_000)}Firefox/1`)).toEqual({
      name: 'OTHER',
      platform: 'OTHER',
    });
  });
});
