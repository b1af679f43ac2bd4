import { newId } from '@ranselpost/kit/ids';
import { teacherWrites } from './letters.ts';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Window, barriers, desktop, openWindow } from '../test/browser.ts';

let window: Window;
beforeAll(async () => {
  window = await openWindow();
});
afterAll(() => window.close());

test('a guardian sees what is unread, opens it, answers the staff alone, and puts it away (MSG-05)', async () => {
  const subject = await teacherWrites(window.url);
  const page = await window.signedIn('guardian', 'F1.mother');
  await page.getByRole('link', { name: /Innboks/ }).click();
  const entry = page.getByRole('article').filter({ hasText: subject });
  await entry.getByText('Ulest').waitFor();
  expect(await barriers(page)).toEqual([]);
  await entry.getByRole('link', { name: subject }).click();
  await page.getByRole('heading', { level: 1, name: subject }).waitFor();
  const other = page.getByRole('group', { name: /La en annen foresatt lese/ }).getByRole('checkbox');
  expect(await other.first().isChecked()).toBe(false);
  expect(await barriers(page)).toEqual([]);

  const field = page.getByRole('textbox', { name: 'Melding' });
  await field.pressSequentially('Takk!');
  await field.press('Enter');
  await field.pressSequentially('Det gjør vi 🎒');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('Sendt.').waitFor();
  await page.getByRole('article', { name: /^Du/ }).getByText('Det gjør vi 🎒').waitFor();

  await page.getByRole('button', { name: 'Legg bort' }).click();
  await page.getByRole('heading', { level: 1, name: 'Innboks' }).waitFor();
  await entry.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Lagt bort' }).click();
  await entry.waitFor();
  await page.context().close();
});

test('a new message says who will read it; what does not belong in it stays on the device and goes to the contact form (MSG-10, M44)', async () => {
  const page = await window.signedIn('guardian', 'F1.mother', { colorScheme: 'dark' });
  const left: string[] = [];
  page.on('request', (request) => left.push(request.postData() ?? ''));
  await page.goto(`${window.url}/inbox/new`);
  await page.getByRole('radio', { name: /skole/ }).first().check();
  await page.getByRole('heading', { name: 'Dette blir lest av' }).waitFor();
  const others = page.getByRole('group', { name: /La en annen foresatt lese/ }).getByRole('checkbox');
  expect(await others.first().isChecked()).toBe(false);

  const subject = `Gymtøy ${newId().slice(-6)}`;
  await page.getByRole('textbox', { name: 'Emne' }).fill(subject);
  const field = page.getByRole('textbox', { name: 'Melding' });
  await field.fill('De andre mobber henne i friminuttene.');
  await page.getByText('Dette hører ikke hjemme i en melding.').waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
  expect(left.filter((sent) => sent.includes('mobber'))).toEqual([]);
  await page.getByRole('link', { name: 'Til kontaktskjemaet, med teksten' }).click();
  await page.getByRole('heading', { level: 1, name: 'Kontaktskjema' }).waitFor();
  expect(await page.getByRole('textbox', { name: 'Det du vil si' }).inputValue()).toContain('mobber');
  expect(await barriers(page)).toEqual([]);

  await page.goto(`${window.url}/inbox/new`);
  await page.getByRole('radio', { name: /skole/ }).first().check();
  await page.getByRole('textbox', { name: 'Emne' }).fill(subject);
  await field.fill('Hun har gymtøyet med seg i morgen.');
  await page.getByText('Utkastet er lagret.').waitFor();
  await page.goto(`${window.url}/inbox/new`);
  await page.getByRole('button', { name: new RegExp(subject) }).click();
  expect(await field.inputValue()).toBe('Hun har gymtøyet med seg i morgen.');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: subject }).waitFor();
  await page.context().close();
});

test('a message is written and sent by the keyboard alone (UU-06)', async () => {
  const page = await window.signedIn('guardian', 'F1.mother', { viewport: desktop });
  const { keyboard } = page;
  const mostStops = 60;
  /** Goes on from one stop to the next until it is there. */
  const tabTo = async (wanted: Locator): Promise<void> => {
    for (let stops = 0; stops < mostStops; stops += 1) {
      if (await wanted.evaluate((one) => one === document.activeElement).catch(() => false)) return;
      await keyboard.press('Tab');
    }
    throw new Error('the keyboard does not get there');
  };
  await tabTo(page.getByRole('link', { name: /Innboks/ }));
  await keyboard.press('Enter');
  const write = page.getByRole('link', { name: 'Skriv ny melding' });
  await write.waitFor();
  await tabTo(write);
  await keyboard.press('Enter');
  const place = page.getByRole('radio').first();
  await place.waitFor();
  await tabTo(place);
  await keyboard.press('Space');
  await page.getByRole('heading', { name: 'Dette blir lest av' }).waitFor();
  const subject = `Sekken ${newId().slice(-6)}`;
  await tabTo(page.getByRole('textbox', { name: 'Emne' }));
  await keyboard.type(subject);
  await tabTo(page.getByRole('textbox', { name: 'Melding' }));
  await keyboard.type('Den ligger igjen hos oss.');
  await page.getByText('Utkastet er lagret.').waitFor();
  await tabTo(page.getByRole('button', { name: 'Send', exact: true }));
  await keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: subject }).waitFor();
  await page.context().close();
});
