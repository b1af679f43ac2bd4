import { change, commonStatutes } from '@ranselpost/infra/visitor/admission';
import { Visitor } from '@ranselpost/infra/visitor/visitor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Window, barriers, openWindow } from '../test/browser.ts';

let window: Window;
let title: string;

/** A round to two kindergartens, for whoever has no place. */
async function openRound(): Promise<string> {
  const caseWorker = await Visitor.signedIn(window.url, 'staff', 'staff.caseWorker');
  const { data } = await caseWorker.ask<{ unitDirectory: { nodes: readonly { id: string }[] } }>(
    '{ unitDirectory(kind: KINDERGARTEN, first: 2) { nodes { id } } }',
  );
  const unitIds = data!.unitDirectory.nodes.map(({ id }) => id);
  const admissionYear = Number(localDateAt(new Date()).slice(0, 4)) + 1;
  const called = `Hovedopptak ${admissionYear}`;
  for (const unitId of unitIds)
    await change(caseWorker, 'adoptStatutes', { unitId, ...commonStatutes(localDateAt(new Date())) });
  const { round } = await change(caseWorker, 'planAdmissionRound', {
    plan: { kind: 'MAIN', title: called, admissionYear, unitIds, deadline: `${admissionYear}-03-01` },
  });
  for (const unitId of unitIds)
    for (const group of ['SMALL', 'LARGE'])
      await change(caseWorker, 'decideSeats', {
        ...{ roundId: round!.id, unitId, group, seats: 3, area: 400, adults: 20 },
      });
  await change(caseWorker, 'openAdmissionRound', { roundId: round!.id });
  return called;
}

beforeAll(async () => {
  window = await openWindow();
  title = await openRound();
});
afterAll(() => window.close());

test('a mother applies by keyboard alone on a small telephone in the dark, leaves in the midst of it, and has a receipt to the second (P03, P07, P19, P30, BHG-05)', async () => {
  const page = await window.signedIn('guardian', 'apply.first.mother', {
    viewport: { width: 320, height: 640 },
    colorScheme: 'dark',
  });
  const isWhole = async (): Promise<void> => {
    expect(await barriers(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  };
  const go = (name: string | RegExp) => page.getByRole('button', { name }).first().press('Enter');

  await page.goto(`${window.url}/places`);
  await page.getByText('Du har ingen søknader.').waitFor();
  await isWhole();
  await page.getByRole('link', { name: 'Søk om plass' }).press('Enter');
  await go('Spør Folkeregisteret');
  await page.getByRole('radio', { name: /Sped/ }).press('Space');
  await page.getByRole('radio', { name: new RegExp(title) }).press('Space');
  await isWhole();
  await go('Neste');

  await go(/^Legg til/);
  await go(/^Legg til/);
  const wishes = page.getByRole('list', { name: 'Ønskene dine' }).getByRole('listitem');
  const second = await wishes.nth(1).getByText(/^2\. /).innerText();
  await wishes
    .nth(1)
    .getByRole('button', { name: /^Flytt opp/ })
    .press('Enter');
  expect(await wishes.first().getByText(/^1\. /).innerText()).toBe(second.replace('2', '1'));
  await page.getByText('Søknaden er lagret som kladd.').waitFor();
  await isWhole();
  await page.goto(`${window.url}/places`);
  await page.getByRole('link', { name: /^Fortsett/ }).press('Enter');
  await wishes.nth(1).waitFor();
  await go('Neste');

  await page.getByText('Regn ut når barnet kan begynne').press('Enter');
  await page.getByLabel('Født').fill('2026-02-14');
  await page.getByText(/^Barnet har rett til å begynne fra/).waitFor();
  await page.getByRole('table').waitFor();
  await isWhole();
  await go('Neste');
  expect(await page.getByRole('checkbox', { name: /Smekke/ }).isChecked()).toBe(true);
  await isWhole();
  await go('Neste');

  await page.getByText(second.replace('2', '1')).waitFor();
  await isWhole();
  await go('Send søknaden');
  await page.getByText(/^Versjon \d+ kom inn .*\d\d\.\d\d\.\d\d\.$/).waitFor();
  await isWhole();
  await page.getByRole('link', { name: 'Til søknadene' }).press('Enter');
  await page.getByText('Sendt', { exact: true }).waitFor();
  await isWhole();
  await page.context().close();
});

/** An after-school unit has a seat for a child of F1’s, and has offered it. */
async function offerAfterSchool(): Promise<void> {
  const caseWorker = await Visitor.signedIn(window.url, 'staff', 'staff.caseWorker');
  const mother = await Visitor.signedIn(window.url, 'guardian', 'F1.mother');
  const { data } = await mother.ask<{
    viewer: {
      children: { id: string; guardians: { id: string }[]; enrolments: { unit: { id: string } }[] }[];
    };
  }>('{ viewer { children { id guardians { id } enrolments { unit { id } } } } }');
  const { children } = data!.viewer;
  const theirs = children.flatMap(({ enrolments }) => enrolments.map(({ unit }) => unit.id));
  const listed = await caseWorker.ask<{ unitDirectory: { nodes: readonly { id: string }[] } }>(
    '{ unitDirectory(kind: AFTER_SCHOOL, first: 100) { nodes { id } } }',
  );
  // Not where they go: whoever has a seat keeps it.
  const unitId = listed.data!.unitDirectory.nodes.find(({ id }) => !theirs.includes(id))!.id;
  await change(caseWorker, 'adoptStatutes', { unitId, ...commonStatutes(localDateAt(new Date())) });
  const admissionYear = Number(localDateAt(new Date()).slice(0, 4)) + 1;
  const { round } = await change(caseWorker, 'planAdmissionRound', {
    plan: { kind: 'SFO', title: 'SFO til høsten', admissionYear, unitIds: [unitId] },
  });
  const roundId = round!.id;
  await change(caseWorker, 'decideSeats', { roundId, unitId, group: 'SFO', seats: 1 });
  await change(caseWorker, 'openAdmissionRound', { roundId });
  const [child] = children;
  const { application } = await change(mother, 'savePlacementApplication', {
    ...{ childId: child!.id, roundId, wishes: [{ unitId, rank: 1 }] },
    guardianIds: child!.guardians.map(({ id }) => id),
  });
  await change(mother, 'submitPlacementApplication', { applicationId: application!.id });
  await change(caseWorker, 'closeAdmissionRound', { roundId });
  await change(caseWorker, 'allocateRound', { roundId });
  const page = await caseWorker.ask<{
    admissionRound: { checkPage: { findings: readonly { key: string | null }[] } };
  }>('query ($id: ID!) { admissionRound(id: $id) { checkPage { findings { key } } } }', { id: roundId });
  const seen = page.data!.admissionRound.checkPage.findings.map(({ key }) => key);
  await change(caseWorker, 'publishRound', { roundId, seen });
}

test('a mother reads why a place is offered and until when to answer, is told what each answer means, accepts, and gives the place up later (BHG-12, BHG-14)', async () => {
  await offerAfterSchool();
  const page = await window.signedIn('guardian', 'F1.mother');
  await page.goto(`${window.url}/places`);
  await page.getByText(/^Svar innen .*\d\d\.\d\d\.\d\d\.$/).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('link', { name: /^Vis søknaden/ }).click();
  await page.getByText('Tilbud om plass', { exact: true }).waitFor();
  await page.getByText(/har fått tilbud om plass/).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('link', { name: 'Til søknadene' }).click();
  await page.getByRole('button', { name: /^Nei takk/ }).click();
  await page.getByText('Plassen går til et annet barn.').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Ja takk: / }).click();
  await page.getByRole('button', { name: 'Send svaret: Ja takk' }).click();
  await page.getByText('Takket ja', { exact: true }).waitFor();
  expect(await page.getByText(/^Svar innen/).count()).toBe(0);

  const last = `${Number(localDateAt(new Date()).slice(0, 4)) + 1}-12-01`;
  await page
    .getByRole('button', { name: /^Si opp plassen: / })
    .last()
    .click();
  await page.getByLabel('Første dag uten plassen').fill(last);
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Si opp plassen', exact: true }).click();
  await page.getByText(/slutter .* 1\. desember/).waitFor();
  await page.context().close();
});
