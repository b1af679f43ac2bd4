import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Window, barriers, openWindow } from '../test/browser.ts';
import { teacherWrites } from './letters.ts';

let window: Window;
beforeAll(async () => {
  window = await openWindow();
  await teacherWrites(window.url);
});
afterAll(() => window.close());

const small = { width: 320, height: 700 };
const screens = {
  guardian: [
    '/',
    '/inbox',
    '/inbox/received',
    '/inbox/new',
    '/absence',
    '/leave',
    '/inbox/events',
    '/places',
    '/places/apply',
    '/places/prices',
    '/settings',
  ],
  staff: ['/', '/inbox', '/inbox/waiting', '/inbox/all', '/inbox/sent', '/inbox/news', '/tasks', '/settings'],
} as const;
const who = { guardian: 'F1.mother', staff: 'staff.contactTeacher' } as const;

/** What reaches beyond the screen, to where one has to scroll sideways, with text of a size. */
const beyond = (page: Page, textSize = '100%'): Promise<readonly string[]> =>
  page.evaluate((size) => {
    document.documentElement.style.fontSize = size;
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter(
      (one) => one.getBoundingClientRect().right > clientWidth + 1,
    );
    return [
      `${scrollWidth - clientWidth} pixels`,
      ...wide.slice(0, 5).map(({ outerHTML }) => outerHTML.slice(0, 120)),
    ];
  }, textSize);

describe.each([
  ['guardian', 'light', 'nb-NO'],
  ['guardian', 'dark', 'nn-NO'],
  ['staff', 'dark', 'nb-NO'],
  ['staff', 'light', 'en-GB'],
] as const)('the screens of a %s, in %s and %s', (kind, colorScheme, locale) => {
  test('have no barriers on 320 pixels, nor with text twice as large, and ask nobody but us (WCAG 2.2 AA, UU-01)', async () => {
    const page = await window.signedIn(kind, who[kind], { viewport: small, colorScheme, locale });
    const others: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(window.url) && !/^(data|blob):/.test(request.url()))
        others.push(request.url());
    });
    const refused: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy/.test(message.text()))
        refused.push(message.text());
    });
    for (const screen of screens[kind]) {
      await page.goto(new URL(screen, window.url).href);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      expect([screen, await barriers(page)]).toEqual([screen, []]);
      expect([screen, await beyond(page)]).toEqual([screen, []]);
      expect([`${screen} in large`, await beyond(page, '200%')]).toEqual([`${screen} in large`, []]);
    }
    expect([others, refused]).toEqual([[], []]);
    await page.context().close();
  });
});

test('whoever is not signed in reads what the portal keeps to, and what it does not reach yet (UU-02)', async () => {
  const page = await window.anew({ viewport: small, colorScheme: 'dark' });
  await page.getByRole('link', { name: 'Tilgjengelighet' }).click();
  await page.getByRole('heading', { level: 2, name: 'Hva vi vet at ikke er godt nok' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(await beyond(page)).toEqual([]);
  await page.context().close();
});
