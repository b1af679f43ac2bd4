import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { withScratchStack } from '../bench/scratch-stack.ts';
import { Visitor } from '../visitor/visitor.ts';
import { type Looks, type Window, desktop, openWindow, phone } from '../visitor/window.ts';
import { root } from './paths.ts';
import { say } from './say.ts';

const folder = join(root, 'portal', 'screenshots');

interface Picture {
  readonly name: string;
  readonly as: readonly ['guardian' | 'staff', string];
  readonly looks?: Looks;
  /** From the start page to what is shown. */
  readonly steps: (page: Page, url: string) => Promise<unknown>;
}

const at =
  (path: string) =>
  async (page: Page, url: string): Promise<void> => {
    await page.goto(new URL(path, url).href);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
const mother = ['guardian', 'F1.mother'] as const;
const teacher = ['staff', 'staff.contactTeacher'] as const;

/** The main screens, as people of each kind meet them. */
const pictures: readonly Picture[] = [
  { name: '01-today', as: mother, steps: at('/') },
  {
    name: '02-sick-today',
    as: mother,
    steps: (page) =>
      page
        .getByRole('button', { name: /er syk i dag/ })
        .first()
        .click(),
  },
  { name: '03-absence', as: mother, steps: at('/absence') },
  { name: '04-inbox', as: mother, steps: at('/inbox') },
  {
    name: '05-thread',
    as: mother,
    steps: async (page, url) => {
      await at('/inbox')(page, url);
      await page.getByRole('article').getByRole('link').first().click();
      await page.getByRole('textbox', { name: 'Melding' }).waitFor();
    },
  },
  { name: '06-new-message', as: mother, steps: at('/inbox/new') },
  { name: '07-settings', as: mother, looks: { colorScheme: 'dark' }, steps: at('/settings') },
  { name: '08-day-board', as: teacher, looks: { viewport: desktop }, steps: at('/') },
  { name: '09-staff-inbox', as: teacher, looks: { viewport: desktop }, steps: at('/inbox') },
  { name: '10-prices', as: mother, looks: { locale: 'en-GB' }, steps: at('/places/prices') },
  { name: '11-write-to-many', as: teacher, looks: { viewport: desktop }, steps: at('/inbox/broadcast') },
];

/** Something to be seen: the teacher has written home. */
async function writeHome(url: string): Promise<void> {
  const [home, school] = await Promise.all([
    Visitor.signedIn(url, ...mother),
    Visitor.signedIn(url, ...teacher),
  ]);
  const { data } = await home.ask<{
    viewer: { children: { id: string; enrolments: { unit: { id: string; kind: string } }[] }[] };
  }>('{ viewer { children { id enrolments { unit { id kind } } } } }');
  for (const { id, enrolments } of data!.viewer.children)
    for (const { unit } of enrolments.filter((one) => one.unit.kind === 'SCHOOL'))
      await school.ask('mutation ($input: StartThreadInput!) { startThread(input: $input) { __typename } }', {
        input: {
          ...{ childIds: [id], unitId: unit.id, subject: 'Tur til skogen på torsdag' },
          ...{ text: 'Ta med mat, drikke og klær til regn.', idempotencyKey: crypto.randomUUID() },
        },
      });
}

async function take({ signedIn, url }: Window, { name, as, looks, steps }: Picture): Promise<void> {
  const page = await signedIn(...as, { viewport: phone, daysAhead: 20, ...looks });
  await steps(page, url);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.context().close();
  say(`  ${name}.png`);
}

/** Takes the pictures of the main screens anew, with a whole system of its own that is thrown away after it. */
export const screenshots = (): Promise<number> =>
  withScratchStack(20, async (stack) => {
    mkdirSync(folder, { recursive: true });
    await stack.start();
    const window = await openWindow(stack);
    try {
      await writeHome(window.url);
      for (const picture of pictures) await take(window, picture);
      return 0;
    } finally {
      await window.close();
    }
  });
