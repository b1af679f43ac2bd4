import { chromiumBrowser } from '../dev/debian.ts';
import type { Stack } from '../dev/stack.ts';
import { schoolDayAhead } from './absences.ts';
import { Visitor } from './visitor.ts';
import axe from 'axe-core';
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';

export const phone = { width: 390, height: 844 };
export const desktop = { width: 1280, height: 800 };

export interface Looks {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark';
  /** How many school days ahead of today the browser believes that it is: a day that nobody else reports of, at eight in the morning. */
  readonly daysAhead?: number;
}

/** A browser in front of a stack. */
export interface Window {
  readonly stack: Stack;
  readonly url: string;
  /** A page of somebody who is signed in already, at its start. `who` is a golden name or a staff login. */
  signedIn(kind: 'guardian' | 'staff', who: string, looks?: Looks): Promise<Page>;
  /** A page of nobody. */
  anew(looks?: Looks): Promise<Page>;
  close(): Promise<void>;
}

export async function openWindow(stack: Stack): Promise<Window> {
  const url = stack.urls['gateway']!;
  const executablePath = await chromiumBrowser(() => {});
  // As root, as in containers, it has no sandbox of its own.
  const browser: Browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });

  const context = async (looks: Looks): Promise<BrowserContext> => {
    const { viewport = phone, locale = 'nb-NO', colorScheme = 'light', daysAhead } = looks;
    const made = await browser.newContext({
      viewport,
      locale,
      colorScheme,
      timezoneId: 'Europe/Oslo',
      reducedMotion: 'reduce',
    });
    made.setDefaultTimeout(15_000);
    if (daysAhead !== undefined)
      await made.clock.setFixedTime(new Date(`${schoolDayAhead(daysAhead)}T08:00:00+01:00`));
    return made;
  };

  return {
    ...{ stack, url },
    signedIn: async (kind, who, looks = {}) => {
      const { jar } = await Visitor.signedIn(url, kind, who);
      const opened = await context(looks);
      const cookies = jar.header(new URL(url)).split('; ');
      await opened.addCookies(
        cookies.map((cookie) => {
          const at = cookie.indexOf('=');
          const [name, value] = [cookie.slice(0, at), cookie.slice(at + 1)];
          return { name, value, domain: 'localhost', path: '/', secure: true, httpOnly: true };
        }),
      );
      const page = await opened.newPage();
      await page.goto(url);
      await page.getByRole('heading', { level: 1 }).waitFor();
      return page;
    },
    anew: async (looks = {}) => {
      const page = await (await context(looks)).newPage();
      await page.goto(url);
      return page;
    },
    close: () => browser.close(),
  };
}

/** What a machine finds wrong with a page by WCAG 2.2 AA: each rule with where. */
export async function barriers(page: Page): Promise<readonly string[]> {
  const size = page.viewportSize()!;
  // Tall enough that nothing lies under the menu that stays at the bottom.
  await page.setViewportSize({ ...size, height: 4_000 });
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const run = (globalThis as unknown as { axe: typeof axe }).axe.run;
    return (await run(document, { runOnly: { type: 'tag', values: tags } })).violations;
  });
  await page.setViewportSize(size);
  return found.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`));
}
