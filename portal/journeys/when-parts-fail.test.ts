import { newId } from '@ranselpost/kit/ids';
import { Visitor } from '@ranselpost/infra/visitor/visitor';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Window, barriers, openWindow } from '../test/browser.ts';
import { teacherWrites } from './letters.ts';

let window: Window;
beforeAll(async () => {
  window = await openWindow();
});
afterEach(async () => {
  for (const part of ['attendance', 'gateway'])
    if (window.stack.running()[part] === undefined) await window.stack.startPart(part);
});
afterAll(() => window.close());

describe('when a part is down', () => {
  test('what it knows is said to be unread, never to be nothing, and all else works (S-26)', async () => {
    const subject = await teacherWrites(window.url);
    await window.stack.kill('attendance');
    const page = await window.signedIn('guardian', 'F1.mother');
    await page.getByText('Dette kunne ikke leses akkurat nå.').first().waitFor();
    expect(await page.getByText('Ingen fravær er meldt.').count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('link', { name: /Innboks/ }).click();
    await page.getByRole('article').filter({ hasText: subject }).waitFor();
    await page.context().close();
  });

  test('a message that could not be sent stays where it was written, emoji and ten thousand characters alike, and is sent once when it can be', async () => {
    const subject = await teacherWrites(window.url);
    const page = await window.signedIn('guardian', 'F1.mother');
    await page.getByRole('link', { name: /Innboks/ }).click();
    await page.getByRole('link', { name: subject }).click();
    const text = `Hei 👩‍👧‍👦🎒 fra O'Brien og عائشة. ${'Vi kommer på mandag. '.repeat(500)}`.slice(0, 9_990);
    const field = page.getByRole('textbox', { name: 'Melding' });
    await field.fill(text);
    await window.stack.kill('gateway');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Ikke sendt. Prøv igjen om litt.').waitFor();
    expect(await field.inputValue()).toBe(text);
    await window.stack.startPart('gateway');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Sendt.').waitFor();
    await page.getByRole('article', { name: /^Du/ }).getByText("O'Brien og عائشة").waitFor();
    expect(await page.getByRole('article', { name: /^Du/ }).count()).toBe(1);
    await page.context().close();
  });
});

describe('two tabs', () => {
  test('show the same, and both close when one signs out', async () => {
    const page = await window.signedIn('guardian', 'F4.mother');
    const other = await page.context().newPage();
    await other.goto(`${window.url}/settings`);
    await other.getByRole('heading', { level: 1, name: 'Innstillinger' }).waitFor();
    await page.getByRole('button', { name: 'Logg ut' }).click();
    await other.getByRole('heading', { level: 1, name: 'Velkommen til Ranselpost' }).waitFor();
    await page.context().close();
  });
});

describe('when the municipality stops something', () => {
  test('guardians read that it is stopped, why, and whom to call, where they would have used it (X07, D02)', async () => {
    const mother = await Visitor.signedIn(window.url, 'guardian', 'F3.mother');
    const { data } = await mother.ask<{
      viewer: { children: { enrolments: { unit: { id: string; name: string } }[] }[] };
    }>('{ viewer { children { enrolments { unit { id name } } } } }');
    const { unit } = data!.viewer.children.flatMap(({ enrolments }) => enrolments)[0]!;
    const administrator = await Visitor.signedIn(window.url, 'staff', 'staff.administrator');
    const notice = { nb: 'Ring oss før åtte.', nn: 'Ring oss før åtte.', en: 'Call us before eight.' };
    const stopped = await administrator.ask<{ stopFeature: { __typename: string } }>(
      `mutation ($input: StopFeatureInput!) { stopFeature(input: $input) { __typename } }`,
      {
        input: {
          ...{ feature: 'ABSENCE', place: { unitIds: [unit.id] }, reason: 'A visit', notice },
          idempotencyKey: newId(),
        },
      },
    );
    expect(stopped.data?.stopFeature.__typename).toBe('FeatureDirected');

    const page = await window.signedIn('guardian', 'F3.mother');
    const said = page.getByRole('region', { name: `Fravær, ${unit.name}` });
    await said.getByText('Ring oss før åtte.').waitFor();
    expect(await said.getByRole('link', { name: `Ring ${unit.name}` }).getAttribute('href')).toMatch(/^tel:/);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('link', { name: 'Fravær' }).click();
    await said.waitFor();
    expect(await page.getByRole('checkbox', { name: unit.name }).count()).toBe(0);
    await page.context().close();
  });
});
