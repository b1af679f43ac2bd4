import { newId } from '@ranselpost/kit/ids';
import { Visitor } from '@ranselpost/infra/visitor/visitor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Window, barriers, openWindow } from './browser.ts';

let window: Window;
beforeAll(async () => {
  window = await openWindow();
});
afterAll(() => window.close());

test('a guardian sees what is unread, opens it, answers the staff alone, and puts it away (MSG-05)', async () => {
  const [mother, teacher] = await Promise.all([
    Visitor.signedIn(window.url, 'guardian', 'F1.mother'),
    Visitor.signedIn(window.url, 'staff', 'staff.contactTeacher'),
  ]);
  const { data } = await mother.ask<{
    viewer: { children: { id: string; enrolments: { unit: { id: string; kind: string } }[] }[] };
  }>('{ viewer { children { id enrolments { unit { id kind } } } } }');
  const place = data!.viewer.children
    .flatMap(({ id, enrolments }) => enrolments.map(({ unit }) => ({ id, unit })))
    .find(({ unit }) => unit.kind === 'SCHOOL')!;
  const subject = `Tur til skogen ${newId().slice(-6)}`;
  await teacher.ask('mutation ($input: StartThreadInput!) { startThread(input: $input) { __typename } }', {
    input: {
      ...{ childIds: [place.id], unitId: place.unit.id, subject },
      ...{ text: 'Ta med mat og drikke.', idempotencyKey: newId() },
    },
  });

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
  expect(await entry.count()).toBe(0);
  await page.getByRole('link', { name: 'Lagt bort' }).click();
  await entry.waitFor();
  await page.context().close();
});
