import { calendarOf, everyDay, setCalendar } from '@ranselpost/infra/visitor/register';
import { walkSignIn } from '@ranselpost/infra/simulators/idporten/sign-in';
import { Visitor } from '@ranselpost/infra/visitor/visitor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Window, barriers, openWindow } from './browser.ts';

let window: Window;
let leader: Visitor;
let unitId: string;
let closeUnit: () => Promise<unknown>;
beforeAll(async () => {
  window = await openWindow();
  leader = await Visitor.signedIn(window.url, 'staff', 'staff.afterSchoolLeader');
  const { data } = await leader.ask<{ viewer: { roles: { unit: { id: string } }[] } }>(
    '{ viewer { roles { unit { id } } } }',
  );
  unitId = data!.viewer.roles[0]!.unit.id;
  const usual = await calendarOf(leader, unitId);
  await setCalendar(leader, unitId, everyDay);
  closeUnit = () => setCalendar(leader, unitId, usual);
});
afterAll(async () => {
  await closeUnit();
  await window.close();
});

test('staff check a child in and out with one tap each, see what is not sent, and report it on a word from home (T16)', async () => {
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

  await row.getByRole('link', { name: called }).click();
  await page.getByRole('button', { name: 'Meld fravær for hjemmet' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('dialog').getByText('har fått beskjed').first().waitFor();
  await page.getByRole('button', { name: 'Lukk' }).click();
  await page.getByRole('table', { name: 'Meldt fravær' }).getByText('Syk').first().waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.context().close();
});

test('at a shared tablet they are let in by a PIN, mark, and are out by themselves after a warning (T16, GUA-19)', async () => {
  const own = await Visitor.signedIn(window.url, 'staff', 'staff.afterSchoolWorker');
  const fresh = new URL('/login/staff?fresh=true', window.url).href;
  await walkSignIn({ startUrl: fresh, pid: 'staff.afterSchoolWorker', jar: own.jar });
  const pin = '482915';
  const set = await own.ask('mutation ($pin: String!) { setPin(input: { pin: $pin }) { __typename } }', {
    pin,
  });
  expect(set.data).toEqual({ setPin: { __typename: 'PinSet' } });
  const { data } = await leader.ask<{ pairTablet: { code: string } }>(
    `mutation ($unitId: ID!) { pairTablet(input: { unitId: $unitId, name: "Inngangen" }) { ... on TabletPairing { code } } }`,
    { unitId },
  );
  const page = await window.anew({ viewport: { width: 1024, height: 768 } });
  await page.clock.install();
  await page.goto(`${window.url}/board`);
  await page.getByLabel('Kode').fill(data!.pairTablet.code);
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Koble til' }).click();
  await page.getByRole('heading', { name: 'Hvem er du?' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  const enter = async (): Promise<void> => {
    await page.getByRole('listitem').getByRole('button').first().click();
    for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click();
  };
  await enter();
  const unknown = page.getByRole('listitem').filter({ hasText: 'Ikke registrert ennå' });
  await unknown.first().waitFor();
  expect(await barriers(page)).toEqual([]);

  const called = (await unknown.last().locator('.called').textContent())!;
  const row = page.getByRole('listitem').filter({ hasText: called });
  await row.getByRole('button', { name: /^Borte/ }).click();
  await row.getByText('Meldt borte').waitFor();
  await page.getByRole('button', { name: 'Lås' }).click();
  await page.getByRole('heading', { name: 'Hvem er du?' }).waitFor();
  expect(await page.getByText(called).count()).toBe(0);

  await enter();
  await row.getByText('Meldt borte').waitFor();
  await page.clock.fastForward('04:45');
  const warning = page.getByRole('dialog');
  await warning.waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.clock.fastForward('00:20');
  await page.getByRole('heading', { name: 'Hvem er du?' }).waitFor();
  await page.context().close();
});
