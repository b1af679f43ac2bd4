import { calendarOf, everyDay, setCalendar } from '@ranselpost/infra/visitor/register';
import { Visitor } from '@ranselpost/infra/visitor/visitor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Window, barriers, openWindow } from './browser.ts';

let window: Window;
let closeUnit: () => Promise<unknown>;
beforeAll(async () => {
  window = await openWindow();
  const leader = await Visitor.signedIn(window.url, 'staff', 'staff.afterSchoolLeader');
  const { data } = await leader.ask<{ viewer: { roles: { unit: { id: string } }[] } }>(
    '{ viewer { roles { unit { id } } } }',
  );
  const unitId = data!.viewer.roles[0]!.unit.id;
  const usual = await calendarOf(leader, unitId);
  await setCalendar(leader, unitId, everyDay);
  closeUnit = () => setCalendar(leader, unitId, usual);
});
afterAll(async () => {
  await closeUnit();
  await window.close();
});

test('staff check a child in and out with one tap each, take one back, and see what is not sent (T16)', async () => {
  const page = await window.signedIn('staff', 'staff.afterSchoolWorker', { colorScheme: 'dark' });
  const unknown = page.getByRole('listitem').filter({ hasText: 'Ikke registrert ennå' });
  await unknown.first().waitFor();
  expect(await barriers(page)).toEqual([]);
  const called = (await unknown.last().locator('.called').textContent())!;
  const row = page.getByRole('listitem').filter({ hasText: called });

  await row.getByRole('button', { name: /^Kommer/ }).click();
  await row.getByText('Til stede').waitFor();
  await page.getByRole('button', { name: 'Angre' }).click();
  await row.getByText('Ikke registrert ennå').waitFor();

  await page.context().setOffline(true);
  await row.getByRole('button', { name: /^Kommer/ }).click();
  const unsent = page.getByText('1 registrering er ikke sendt ennå');
  await unsent.waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.context().setOffline(false);
  await unsent.waitFor({ state: 'detached' });

  await row.getByRole('button', { name: /^Går/ }).click();
  await row.getByText('Gått hjem').waitFor();
  await page.reload();
  await row.getByText('Gått hjem').waitFor();
  await page.context().close();
});
