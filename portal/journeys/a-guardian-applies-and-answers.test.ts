import { schoolDayAhead } from '@ranselpost/infra/visitor/absences';
import { newId } from '@ranselpost/kit/ids';
import { Visitor } from '@ranselpost/infra/visitor/visitor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Window, barriers, openWindow } from '../test/browser.ts';

let window: Window;
beforeAll(async () => {
  window = await openWindow();
});
afterAll(() => window.close());

test('a guardian applies for leave, reads the decision and complains about it (LEA-05, ADM-03)', async () => {
  const day = schoolDayAhead(37);
  const page = await window.signedIn('guardian', 'F1.mother');
  await page.getByRole('link', { name: 'Fravær' }).click();
  await page.getByRole('link', { name: 'Søk om permisjon fra skolen' }).click();
  await page.getByLabel('Første dag').fill(day);
  await page.getByLabel('Siste dag').fill(day);
  await page.getByRole('radio', { name: 'Helligdag i et annet trossamfunn' }).check();
  expect(await page.getByRole('textbox', { name: 'Hvorfor søker du?' }).count()).toBe(0);
  await page.getByRole('radio', { name: 'Permisjon', exact: true }).check();
  await page.getByRole('textbox', { name: 'Hvorfor søker du?' }).fill('Et bryllup langt unna.');
  await page.getByRole('radio', { name: 'Ja, men barnet ville ikke si noe' }).check();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Send søknaden' }).press('Enter');
  await page.getByText('Søknaden er sendt.').waitFor();
  const waiting = page.getByRole('listitem').filter({ hasText: 'Venter på svar' });
  await waiting.getByRole('button', { name: /^Ta tilbake/ }).waitFor();

  const leader = await Visitor.signedIn(window.url, 'staff', 'staff.schoolLeader');
  const { data } = await leader.ask<{
    viewer: { roles: { unit: { waitingLeaves: { nodes: { id: string; firstDay: string }[] } } }[] };
  }>('{ viewer { roles { unit { waitingLeaves { nodes { id firstDay } } } } } }');
  const leave = data!.viewer.roles
    .flatMap(({ unit }) => unit.waitingLeaves.nodes)
    .find(({ firstDay }) => firstDay === day)!;
  await leader.ask('mutation ($input: RefuseLeaveInput!) { refuseLeave(input: $input) { __typename } }', {
    input: { leaveId: leave.id, reasons: 'Dagen er satt av til prøve.', idempotencyKey: newId() },
  });

  await page.reload();
  const refused = page.getByRole('listitem').filter({ hasText: 'Avslått' });
  await refused.getByRole('button', { name: /^Les vedtaket/ }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByText('Dagen er satt av til prøve.').waitFor();
  await sheet.getByText(/^Du kan klage til og med/).waitFor();
  expect(await barriers(page)).toEqual([]);
  await sheet.getByRole('button', { name: 'Lukk' }).click();
  await refused.getByRole('button', { name: /^Klag/ }).click();
  await sheet.getByRole('textbox', { name: 'Det du vil si' }).fill('Prøven er flyttet.');
  await sheet.getByRole('button', { name: 'Send' }).click();
  await refused.getByText('Du har klaget. Skolen ser på det.').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.context().close();
});

test('a guardian answers for a child, and sees who can see it and who did (M37, GUA-25, S-11)', async () => {
  const title = `Suppedag ${newId().slice(-6)}`;
  const teacher = await Visitor.signedIn(window.url, 'staff', 'staff.contactTeacher');
  const { data } = await teacher.ask<{
    viewer: { roles: { unit: { id: string }; group: { id: string } | null }[] };
  }>('{ viewer { roles { unit { id } group { id } } } }');
  const { unit, group } = data!.viewer.roles.find((role) => role.group !== null)!;
  const until = new Date(Date.now() + 5 * 86_400_000).toISOString();
  await teacher.ask(
    'mutation ($input: AnnounceEventInput!) { announceEvent(input: $input) { __typename } }',
    {
      input: {
        ...{ unitId: unit.id, groupId: group!.id, title, answerUntil: until },
        ...{ choices: ['Tomat', 'Fisk'], idempotencyKey: newId() },
      },
    },
  );
  const page = await window.signedIn('guardian', 'F1.mother', { colorScheme: 'dark' });
  await page.goto(`${window.url}/inbox/events`);
  const slip = page.getByRole('listitem').filter({ hasText: title });
  await slip.getByRole('radio', { name: 'Fisk' }).check();
  expect(await barriers(page)).toEqual([]);
  await slip.getByRole('button', { name: /^Svar/ }).click();
  await slip.getByText('Sendt.').waitFor();
  await page.reload();
  expect(await slip.getByRole('radio', { name: 'Fisk' }).isChecked()).toBe(true);

  await page.getByRole('link', { name: 'I dag' }).click();
  await page
    .getByRole('link', { name: /^Hvem kan se/ })
    .first()
    .click();
  await page.getByText('Foreldreansvar').first().waitFor();
  await page.getByRole('region', { name: 'Ansatte som har sett noe' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.context().close();
});
