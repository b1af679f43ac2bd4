import { newId } from '@ranselpost/kit/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Window, barriers, desktop, openWindow } from '../test/browser.ts';

let window: Window;
beforeAll(async () => {
  window = await openWindow();
});
afterAll(() => window.close());

/** The smallest that any reader takes for a document. */
const document = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
);

test('staff write to a home with a file, leave somebody out with a cause alone, have it sent later, and ask for answers (MSG-04, M44, M37)', async () => {
  const subject = `Tur ${newId().slice(-6)}`;
  const page = await window.signedIn('staff', 'staff.contactTeacher');
  await page.goto(`${window.url}/inbox/new`);
  await page
    .getByRole('link', { name: /Sykkelpumpe/ })
    .first()
    .click();
  const home = page.getByRole('group', { name: 'Går til' });
  await home.getByRole('checkbox').first().uncheck();
  await page.getByRole('textbox', { name: 'Emne' }).fill(subject);
  await page.getByRole('textbox', { name: 'Melding' }).fill('Ta med mat og drikke.');
  const send = page.getByRole('button', { name: 'Send', exact: true });
  expect(await send.isDisabled()).toBe(true);
  expect(await barriers(page)).toEqual([]);
  await home.getByRole('textbox').fill('Har bedt om å slippe turinfo.');
  expect(await send.isEnabled()).toBe(true);

  const files = page.getByLabel('Legg ved filer');
  await files.setInputFiles({ name: 'regler.txt', mimeType: 'text/plain', buffer: Buffer.from('Regler') });
  await page.getByText('regler.txt: Bare bilder og PDF kan legges ved.').waitFor();
  await files.setInputFiles({ name: 'plan.pdf', mimeType: 'application/pdf', buffer: document });
  await page.getByRole('button', { name: 'Fjern: plan.pdf' }).waitFor();

  await page.getByRole('radio', { name: 'På et tidspunkt' }).check();
  await page.getByText('Utkastet er lagret.').waitFor();
  await page.getByRole('button', { name: 'Send på det tidspunktet' }).click();
  const planned = page.getByRole('article').filter({ hasText: subject });
  await planned.getByText('Sendes i morgen 08.00').waitFor();
  expect(await barriers(page)).toEqual([]);
  await planned.getByRole('button', { name: /^Ikke send likevel/ }).click();
  await planned.getByRole('link', { name: /^Fortsett/ }).click();
  await page.getByRole('textbox', { name: 'Emne' }).waitFor();
  expect(await home.getByRole('checkbox').first().isChecked()).toBe(false);
  await page.getByRole('button', { name: 'Fjern: plan.pdf' }).waitFor();
  await send.click();
  await page.getByRole('heading', { level: 1, name: subject }).waitFor();

  await page.goto(`${window.url}/inbox/events`);
  await page.getByRole('link', { name: 'Spør om påmelding eller svar' }).click();
  await page.getByRole('radio', { name: 'Noe å svare på' }).check();
  await page.getByRole('textbox', { name: 'Hva gjelder det?' }).fill(subject);
  await page.getByRole('textbox', { name: /^Svar å velge mellom/ }).fill('Tomat\nFisk');
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Send', exact: true }).press('Enter');
  await page
    .getByRole('link', { name: /Sykkelpumpe/ })
    .first()
    .click();
  const asked = page.getByRole('listitem').filter({ hasText: subject });
  await asked.getByText(/^Ikke svart: \d+ barn/).click();
  expect(await barriers(page)).toEqual([]);
  await asked.getByRole('button', { name: /^Avlys/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Avlys' }).click();
  await asked.getByText('Avlyst.').waitFor();
  await page.context().close();
});

test('a text to many says how many get it, and is undone before anybody has it; news are changed and taken back (MSG-07, M09, M30)', async () => {
  const title = `Stengt fredag ${newId().slice(-6)}`;
  const page = await window.signedIn('staff', 'staff.afterSchoolLeader', {
    viewport: desktop,
    colorScheme: 'dark',
  });
  await page.goto(`${window.url}/inbox/broadcast`);
  await page.getByText(/^\d+ foresatte$/).waitFor();
  await page.getByRole('textbox', { name: 'Overskrift' }).fill(title);
  await page.getByRole('textbox', { name: 'Tekst' }).fill('Vi stenger klokka tre på fredag.');
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const sent = page.getByRole('article').filter({ hasText: title });
  await sent.getByText('Til da kan du angre').waitFor();
  expect(await barriers(page)).toEqual([]);
  await sent.getByRole('button', { name: /^Angre/ }).press('Enter');
  await sent.getByText('Angret').waitFor();

  await page.getByRole('link', { name: 'Nyheter' }).click();
  await page.getByRole('link', { name: 'Ny nyhet' }).click();
  await page.getByRole('textbox', { name: 'Overskrift' }).fill(title);
  await page.getByRole('textbox', { name: 'Tekst' }).fill('Ny bokhylle i gangen.');
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Publiser', exact: true }).click();
  await sent.getByRole('button', { name: /^Endre/ }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('textbox', { name: 'Tekst' }).fill('Nye bøker i gangen.');
  await sheet.getByRole('button', { name: 'Lagre' }).click();
  await sent.getByText('Nye bøker i gangen.').waitFor();
  await sent.getByRole('button', { name: /^Trekk tilbake/ }).click();
  await sheet.getByRole('button', { name: 'Trekk tilbake' }).click();
  await page.getByRole('article').getByText('Trukket tilbake').first().waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.context().close();
});
