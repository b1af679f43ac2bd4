import { eventually } from '@ranselpost/kit/testing/eventually';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Stand, type Worker, startStand } from '../../test/stand.ts';

let stand: Stand;
let worker: Worker;
const [school, kindergarten] = ['310004561', '310007897'];

beforeAll(async () => {
  stand = await startStand();
  worker = await stand.startWorker({ UNIT_POLL_INTERVAL_MS: '200' });
});
afterEach(() => stand.registers.units.heal());
afterAll(() => stand.close());

const told = async (organisationNumber: string) =>
  (await stand.units()).filter((unit) => unit.organisationNumber === organisationNumber);
const last = (organisationNumber: string, count: number) =>
  eventually(async () => {
    const all = await told(organisationNumber);
    expect(all).toHaveLength(count);
    return all.at(-1)!;
  });
const change = (wish: object) => stand.registers.units.control('/units', wish);
const listed = async () =>
  (await stand.registers.units.control('/units')) as { organisationNumber: string }[];

describe('the units of the municipality', () => {
  test('are told of once, each with its kind, its owner and how to reach it', async () => {
    expect(await last(school, 1)).toMatchObject({
      ...{ kind: 'SCHOOL', name: 'Paraplyen skole', ownership: 'MUNICIPAL', isActive: true },
      owner: { organisationNumber: '310001236', name: expect.any(String) },
      visitingAddress: { place: 'TINGVIKA' },
    });
    expect(await last(kindergarten, 1)).toMatchObject({ kind: 'KINDERGARTEN', ownership: 'MUNICIPAL' });
    const units = await listed();
    await eventually(async () => expect(await stand.units()).toHaveLength(units.length));
    // The bus has no name or number of a unit (S-07, ADR-16).
    const onTheBus = JSON.stringify(await stand.told());
    for (const { organisationNumber } of units) expect(onTheBus).not.toContain(organisationNumber);
    expect(onTheBus).not.toContain('Paraplyen');
  });

  test('are told of again when they change, in whichever register, and closing is a change', async () => {
    const before = await last(school, 1);
    await change({ organisationNumber: school, phone: '900 99 999' });
    const after = await last(school, 2);
    expect(after.phone).toBe('900 99 999');
    expect(after.revision).toBeGreaterThan(before.revision);
    await change({ organisationNumber: kindergarten, isActive: false });
    expect((await last(kindergarten, 2)).isActive).toBe(false);
  });

  test('are never dropped without a word, and told of again when they are back', async () => {
    const count = (await told(school)).length;
    await change({ organisationNumber: school, isListed: false });
    const gone = await last(school, count + 1);
    expect(gone).toMatchObject({ isListed: false, isActive: true, name: 'Paraplyen skole' });
    await change({ organisationNumber: school, isListed: true });
    const back = await last(school, count + 2);
    expect(back).toEqual({ ...gone, isListed: true, revision: back.revision, readAt: back.readAt });
    expect(back.revision).toBeGreaterThan(gone.revision);
  });

  test.each([
    ['a page of HTML', 'list', { kind: 'html', status: 200 }],
    ['a torn list', 'list', { kind: 'malformed' }],
    ['an error', 'unit', { kind: 'error', status: 503, times: 4 }],
    ['throttling', 'sub-unit', { kind: 'throttle', retryAfterMs: 1 }],
    ['an owner nobody answers for', 'organisation', { kind: 'error', status: 500, times: 4 }],
  ])('are read again after %s, and none is taken to have gone (S-26)', async (what, endpoint, fault) => {
    const count = (await told(school)).length;
    await stand.registers.units.fail({ endpoint, ...fault });
    const phone = `900 00 ${what.length}`;
    await change({ organisationNumber: school, phone });
    await eventually(async () => expect((await told(school)).at(-1)?.phone).toBe(phone), 20_000);
    expect((await told(school)).length).toBe(count + 1);
  });

  test('that cannot be read keep nobody else from being read', async () => {
    await stand.registers.units.fail({ kind: 'error', endpoint: 'unit', status: 400, times: 2 });
    const count = (await told(kindergarten)).length;
    await change({ organisationNumber: school, website: null });
    await change({ organisationNumber: kindergarten, isActive: true });
    await last(kindergarten, count + 1);
    await eventually(async () => expect((await told(school)).at(-1)?.website).toBeNull());
    expect(worker.output()).toContain('a unit cannot be read');
  });
});
