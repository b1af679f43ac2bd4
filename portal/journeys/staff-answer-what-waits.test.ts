import { newId } from '@ranselpost/kit/ids';
import { Visitor } from '@ranselpost/infra/visitor/visitor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Window, barriers, openWindow } from '../test/browser.ts';

let window: Window;
beforeAll(async () => {
  window = await openWindow();
});
afterAll(() => window.close());

test('staff find what waits for anybody to answer, take it, answer it home, tell of what worries, and move what belongs in a case (M27, SKM-01, MSG-12)', async () => {
  const mother = await Visitor.signedIn(window.url, 'guardian', 'F1.mother');
  const { data } = await mother.ask<{
    viewer: { children: { id: string; enrolments: { unit: { id: string; kind: string } }[] }[] };
  }>('{ viewer { children { id enrolments { unit { id kind } } } } }');
  const place = data!.viewer.children
    .flatMap(({ id, enrolments }) => enrolments.map(({ unit }) => ({ id, unit })))
    .find(({ unit }) => unit.kind === 'SCHOOL')!;
  const subject = `Turdagen ${newId().slice(-6)}`;
  await mother.ask('mutation ($input: StartThreadInput!) { startThread(input: $input) { __typename } }', {
    input: {
      ...{ childIds: [place.id], unitId: place.unit.id, subject },
      ...{ text: 'Hva skal hun ha med på turen?', idempotencyKey: newId() },
    },
  });

  const page = await window.signedIn('staff', 'staff.contactTeacher');
  await page.getByRole('link', { name: /Innboks/ }).click();
  await page.getByRole('article').filter({ hasText: subject }).getByText('Ulest').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('link', { name: 'Venter på svar' }).click();
  const waiting = page.getByRole('article').filter({ hasText: subject });
  await waiting.getByRole('button', { name: /^Jeg tar den/ }).click();
  await waiting.getByText('Du har tatt den.').waitFor();
  expect(await barriers(page)).toEqual([]);

  await waiting.getByRole('link', { name: subject }).click();
  await page.getByRole('heading', { level: 1, name: subject }).waitFor();
  const field = page.getByRole('textbox', { name: 'Melding' });
  await field.fill('De andre mobber henne.');
  await page.getByText('Ta det i en samtale').waitFor();
  expect(await page.getByRole('link', { name: /kontaktskjema/i }).count()).toBe(0);
  expect(await barriers(page)).toEqual([]);
  await field.fill('Mat og drikke, og godt med klær.');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('Sendt.').waitFor();
  expect(await page.getByText('Har ventet').count()).toBe(0);

  const sheet = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Si fra' }).first().click();
  await sheet.getByRole('button', { name: 'Si fra nå' }).click();
  await sheet.getByText('Den som skal følge det opp, har fått beskjed.').waitFor();
  expect(await barriers(page)).toEqual([]);
  await sheet.getByRole('button', { name: 'Lukk' }).click();

  await page.getByRole('button', { name: 'Flytt til sak' }).press('Enter');
  expect(await barriers(page)).toEqual([]);
  await sheet.getByRole('button', { name: 'Flytt til sak' }).press('Enter');
  await page.getByText('Meldingen er flyttet til en sak.').waitFor();
  await page.context().close();
});
