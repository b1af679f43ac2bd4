import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Window, barriers, desktop, openWindow } from './browser.ts';

let window: Window;
beforeAll(async () => {
  window = await openWindow();
});
afterAll(() => window.close());

/** A day for each test, after those that other journeys take. */
const days = { taps: 150, keys: 151, form: 152 };

const button = (page: Page, name: RegExp | string) => page.getByRole('button', { name });

describe('a guardian', () => {
  test('signs in by ID-porten, and is back where they came from', async () => {
    const page = await window.anew();
    await page.goto(`${window.url}/absence`);
    await page.getByRole('link', { name: 'Logg inn som foresatt' }).click();
    await page.getByRole('button', { name: /F1\.mother/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Meld fravær' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/absence');
    await page.context().close();
  });

  test('reports a child ill in two taps, and has a receipt from each unit (ABS-15)', async () => {
    const page = await window.signedIn('guardian', 'F1.mother', { daysAhead: days.taps });
    expect(await barriers(page)).toEqual([]);
    await button(page, /er syk i dag/)
      .first()
      .click();
    const sheet = page.getByRole('dialog');
    expect(await barriers(page)).toEqual([]);
    await sheet.getByRole('button', { name: 'Send', exact: true }).click();
    await sheet.getByText('har fått beskjed').waitFor();
    await sheet.getByRole('button', { name: 'Lukk' }).click();
    await page.getByText('Borte i dag').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.context().close();
  });

  test('does it with the keyboard alone, and Escape leaves (UU-06)', async () => {
    const page = await window.signedIn('guardian', 'F1.mother', { daysAhead: days.keys, viewport: desktop });
    const sick = button(page, /er syk i dag/).last();
    await sick.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await sick.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    const send = page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true });
    for (
      let steps = 0;
      steps < 5 && !(await send.evaluate((one) => one === document.activeElement));
      steps += 1
    )
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('har fått beskjed').waitFor();
    await page.context().close();
  });

  test('reports several days with the form, sees them, and takes one back', async () => {
    const page = await window.signedIn('guardian', 'F1.mother', {
      daysAhead: days.form,
      colorScheme: 'dark',
    });
    await page.getByRole('link', { name: 'Fravær' }).click();
    await page.getByRole('heading', { level: 1, name: 'Meld fravær' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('checkbox').first().check();
    await page.getByRole('radio', { name: 'Fri' }).check();
    await button(page, 'Send').click();
    await page.getByText('har fått beskjed').waitFor();
    const list = page.getByRole('region', { name: 'Meldt fravær' });
    const before = await list.getByRole('listitem').count();
    await list.getByRole('listitem').filter({ hasText: 'Fri' }).getByRole('button').first().click();
    await list.getByText('Tatt tilbake.').waitFor();
    expect(await list.getByRole('listitem').count()).toBe(before - 1);
    await page.context().close();
  });
});

describe('the settings', () => {
  test('change the language at once, and say where one is signed in (G21)', async () => {
    const page = await window.signedIn('guardian', 'F2.mother');
    await page.getByRole('link', { name: 'Innstillinger' }).click();
    await page.getByRole('region', { name: 'Hvor du er logget inn' }).getByText('Her og nå').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('combobox').selectOption('NN');
    await button(page, 'Lagre').click();
    await page.getByRole('heading', { level: 1, name: 'Innstillingar' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('nn');
    await page.context().close();
  });
});

describe('whoever is signed out meanwhile', () => {
  test('sees nothing of anybody any more', async () => {
    const page = await window.signedIn('guardian', 'F1.mother');
    const other = await window.signedIn('guardian', 'F1.mother');
    await other.getByRole('link', { name: 'Innstillinger' }).click();
    await button(other, 'Logg ut alle andre steder').click();
    await page.getByRole('heading', { level: 1, name: 'Velkommen til Ranselpost' }).waitFor();
    expect(await page.getByText('Sykkelpumpe').count()).toBe(0);
    await Promise.all([page.context().close(), other.context().close()]);
  });
});

test('Arabic reads from right to left, and everything has its place there too', async () => {
  const page = await window.anew({ locale: 'ar' });
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
  expect(await barriers(page)).toEqual([]);
  await page.context().close();
});
