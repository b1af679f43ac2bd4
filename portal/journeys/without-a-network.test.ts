import { schoolDayAhead } from '@ranselpost/infra/visitor/absences';
import { teacherWrites } from './letters.ts';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Window, barriers, openWindow } from '../test/browser.ts';

let window: Window;
beforeAll(async () => {
  window = await openWindow();
});
afterEach(async () => {
  if (window.stack.running()['gateway'] === undefined) await window.stack.startPart('gateway');
});
afterAll(() => window.close());

/** Days for reports of absence, after those that other visits take. */
const days = { sent: 160, lost: 161 };

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

/** Somebody whose device keeps what they read, with their day and their inbox read. */
async function keeping(who: string): Promise<Page> {
  const page = await window.signedIn('guardian', who);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.getByRole('link', { name: /Innboks/ }).click();
  await page.getByRole('search').waitFor();
  await page.getByText('Henter').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Innstillinger' }).click();
  await page.getByRole('checkbox', { name: /Ta vare på «I dag»/ }).check();
  await expect.poll(() => keptOn(page)).toContain('answers');
  await page.getByRole('link', { name: 'I dag' }).click();
  await heading(page, 'I dag').waitFor();
  return page;
}

/** The names of what lies on the device. */
const keptOn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('keyval-store');
        opening.addEventListener('error', () => reject(new Error('no store')));
        opening.addEventListener('success', () => {
          const reading = opening.result.transaction('keyval').objectStore('keyval').getAllKeys();
          reading.addEventListener('success', () => {
            opening.result.close();
            resolve(reading.result.map(String));
          });
        });
      }),
  );

async function reportOn(page: Page, day: string): Promise<void> {
  await page.getByRole('link', { name: 'Fravær' }).click();
  await page.getByLabel('Første dag').fill(day);
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

describe('without a network', () => {
  test('a guardian opens the portal, reads the day and the inbox, and reports absence, which is sent when somebody answers (N18)', async () => {
    const subject = await teacherWrites(window.url);
    const page = await keeping('F1.mother');
    const [card] = await page.getByRole('article').allInnerTexts();
    await window.stack.kill('gateway');
    await page.reload();
    await page.getByText('Vi får ikke kontakt. Du ser det som ble lest').waitFor();
    expect(await page.getByRole('article').allInnerTexts()).toContain(card);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('link', { name: /Innboks/ }).click();
    await page.getByRole('article').filter({ hasText: subject }).waitFor();

    await reportOn(page, schoolDayAhead(days.sent));
    await page.getByText('Ikke sendt ennå', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('Ikke sendt ennå', { exact: true }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await window.stack.startPart('gateway');
    await page.getByRole('button', { name: 'Send nå' }).click();
    await page.getByText('har fått beskjed').first().waitFor();
    await page.getByText('Vi får ikke kontakt').waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('nothing is left on the device of whoever signs out', async () => {
    const page = await keeping('F2.mother');
    await page.getByRole('button', { name: 'Logg ut' }).click();
    await page.waitForURL(({ origin }) => origin !== window.url);
    await page.goto(window.url);
    await heading(page, 'Velkommen til Ranselpost').waitFor();
    expect(await keptOn(page)).toEqual([]);
    await page.goBack();
    expect(await page.getByRole('article').count()).toBe(0);
    await page.context().close();
  });

  test('whose session is ended elsewhere sees the page close, keeps nothing, and is told of what was never sent (GUA-10)', async () => {
    const page = await keeping('F3.mother');
    await page.context().route('**/graphql', (route) => route.abort());
    await reportOn(page, schoolDayAhead(days.lost));
    await page.getByText('Ikke sendt ennå', { exact: true }).waitFor();
    const elsewhere = await window.signedIn('guardian', 'F3.mother');
    await elsewhere.getByRole('link', { name: 'Innstillinger' }).click();
    await elsewhere.getByRole('button', { name: 'Logg ut alle andre steder' }).click();
    await page.getByText('ble ikke sendt før økten tok slutt').waitFor();
    expect(await keptOn(page)).toEqual([]);
    expect(await barriers(page)).toEqual([]);
    await Promise.all([page.context().close(), elsewhere.context().close()]);
  });
});
