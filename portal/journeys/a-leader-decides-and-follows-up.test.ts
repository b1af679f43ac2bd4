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

test('a leader asks what the child thinks, decides on leave, takes on a concern, has absence followed up, and sees who can see the children (LEA-02, SKM-03, ABS-21, D09)', async () => {
  const mother = await Visitor.signedIn(window.url, 'guardian', 'F1.mother', 'high');
  const { data } = await mother.ask<{
    viewer: { children: { id: string; enrolments: { unit: { id: string; kind: string } }[] }[] };
  }>('{ viewer { children { id enrolments { unit { id kind } } } } }');
  const place = data!.viewer.children
    .flatMap(({ id, enrolments }) => enrolments.map(({ unit }) => ({ id, unit })))
    .find(({ unit }) => unit.kind === 'SCHOOL')!;
  const day = schoolDayAhead(33);
  const applied = await mother.ask<{ applyForLeave: object }>(
    'mutation ($input: ApplyForLeaveInput!) { applyForLeave(input: $input) { __typename } }',
    {
      input: {
        ...{ childId: place.id, unitId: place.unit.id, firstDay: day, lastDay: day, kind: 'GENERAL' },
        ...{ reason: 'Et bryllup langt unna.', childHearing: 'NOT_ASKED', isTeachingSeenTo: true },
        ...{ isAwayAfterSchool: true, idempotencyKey: newId() },
      },
    },
  );
  expect(applied.data).toEqual({ applyForLeave: { __typename: 'LeaveApplied' } });
  await mother.ask(
    'mutation ($input: SendContactFormInput!) { sendContactForm(input: $input) { __typename } }',
    {
      input: {
        ...{ unitId: place.unit.id, childIds: [place.id], idempotencyKey: newId() },
        text: 'De andre mobber henne i friminuttene.',
      },
    },
  );

  const page = await window.signedIn('staff', 'staff.schoolLeader', { colorScheme: 'dark' });
  await page.getByRole('link', { name: 'Oppgaver' }).click();
  const leaves = page.getByRole('region', { name: 'Permisjon å avgjøre' });
  await leaves.getByRole('link', { name: /Sykkelpumpe/ }).click();
  await page.getByText('Et bryllup langt unna.').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('radio', { name: 'Avslå' }).check();
  expect(await page.getByRole('button', { name: 'Avslå søknaden' }).isDisabled()).toBe(true);
  await page.getByRole('radio', { name: 'Innvilg' }).check();
  await page.getByRole('radio', { name: 'Ja, barnet har sagt hva det mener' }).check();
  await page.getByRole('button', { name: 'Innvilg permisjonen' }).press('Enter');
  await leaves.getByText('Ingen søknader venter.').waitFor();
  const forms = page.getByRole('region', { name: 'Kontaktskjemaer' });
  await forms.getByRole('listitem').first().waitFor();
  expect(await barriers(page)).toEqual([]);
  const concerns = page.getByRole('region', { name: 'Elever som kanskje ikke har det trygt' });
  await concerns.getByRole('button', { name: /^Jeg følger det opp/ }).click();
  await concerns.getByText(/^Fulgt opp siden/).waitFor();
  expect(await page.getByText('mobber').count()).toBe(0);

  await page.goto(`${window.url}/children/${place.id}`);
  await page.getByText('Følg opp fraværet').click();
  await page.getByRole('button', { name: 'Åpne en sak' }).click();
  await page.getByRole('link', { name: 'Til oppgavene' }).click();
  const cases = page.getByRole('region', { name: 'Fravær som følges opp' });
  await cases.getByText(/^Legg til eller avslutt/).click();
  await cases.getByRole('button', { name: 'Legg til' }).click();
  await cases.getByRole('button', { name: /^Gjort i dag: Ring hjem/ }).click();
  await cases.getByText('gjort i dag').waitFor();
  expect(await barriers(page)).toEqual([]);
  await cases.getByRole('button', { name: 'Avslutt saken' }).click();
  await cases.getByText('Ingen saker er åpne.').waitFor();

  await page.getByRole('link', { name: 'Vis alle som kan se barna' }).click();
  await page.getByText('Foreldreansvar').first().waitFor();
  expect(await barriers(page)).toEqual([]);

  await page.getByRole('link', { name: 'Innstillinger' }).click();
  await page.getByRole('link', { name: 'PIN og koder for delt nettbrett' }).click();
  await page.getByRole('textbox', { name: /^Hva heter nettbrettet/ }).fill('Inngangen');
  await page.getByRole('button', { name: 'Lag kode' }).click();
  await page.getByRole('button', { name: 'Ta ut av bruk: Inngangen' }).click();
  expect(await barriers(page)).toEqual([]);
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Ta ut av bruk' }).click();
  await page.getByRole('button', { name: 'Ta ut av bruk: Inngangen' }).waitFor({ state: 'detached' });
  await page.context().close();
});

test('a leader notes that somebody may not fetch a child, and lifts it with a reason (GUA-12)', async () => {
  const page = await window.signedIn('staff', 'staff.schoolLeader');
  await page.getByRole('listitem').getByRole('link').first().click();
  await page.getByRole('link', { name: 'Tilgang og begrensninger' }).click();
  await page.getByText('Legg inn en begrensning').click();
  await page.getByRole('radio').first().check();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Legg inn' }).press('Enter');
  await page.getByText('Ser fortsatt barnet her.').waitFor();
  await page.getByRole('button', { name: /^Opphev/ }).click();
  const sheet = page.getByRole('dialog');
  expect(await sheet.getByRole('button', { name: 'Opphev' }).isDisabled()).toBe(true);
  await sheet.getByRole('textbox', { name: 'Begrunnelse' }).fill('Avklart med hjemmet.');
  expect(await barriers(page)).toEqual([]);
  await sheet.getByRole('button', { name: 'Opphev' }).click();
  await page.getByText('Ingen begrensninger.').waitFor();
  await page.context().close();
});
