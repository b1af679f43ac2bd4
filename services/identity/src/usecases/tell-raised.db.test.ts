import { metrics } from '@ranselpost/kit/metrics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { concealingServices } from '../domain/protection.ts';
import { type Name, type World, openWorld } from '../testing/world.ts';
import { erasePersons } from './erase-persons.ts';
import { exposeProtectionFigures } from './protection-figures.ts';
import { startSnapshot, tellSnapshotBatch } from './snapshot.ts';
import { noteConcealed, tellRaisedAgain, watchRaised } from './tell-raised.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  // Those who were protected when the world began have been told of and answered for.
  await world.database.admin`delete from protection_raise`;
  await world.told();
});
afterAll(() => world.close());

const raised = 'identity.protection.raised.v1';
const nameOf = (id: string): string => Object.entries(world.id).find(([, known]) => known === id)?.[0] ?? id;
const protect = (name: Name, protection: 'NONE' | 'CLIENT_ADDRESS' | 'FORTROLIG' | 'STRENGT_FORTROLIG') =>
  world.register({ number: world.number[name], protection });
const raises = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await world.told())
      .filter(({ type }) => type === raised)
      .map(({ subject, data }) => [nameOf(subject), String(data['raiseId'])]),
  );
const answer = (raise: Readonly<Record<string, string>>, services: readonly string[] = concealingServices) =>
  world.deps.db.asService(async (tx) => {
    for (const [name, raiseId] of Object.entries(raise))
      for (const service of services)
        await noteConcealed(
          { ...world.deps, db: tx },
          { personId: world.id[name as Name], raiseId, service },
        );
  });
const at = (time: string): void => world.setNow(`2026-11-21T${time}Z`);

describe('protection that goes up (ADR-12)', () => {
  let first: Record<string, string>;

  test('is told of the person and of every child whom it concerns, after who of the staff may see them and before all else', async () => {
    at('09:00:00');
    await protect('mother', 'FORTROLIG');
    const told = await world.told();
    const of = (name: Name) =>
      told.filter(({ subject }) => subject === world.id[name]).map(({ type }) => type);
    for (const child of ['ours', 'sibling'] as const)
      expect(of(child).slice(0, 2)).toEqual(['identity.enrolments.changed.v1', raised]);
    expect(of('mother')).toContain(raised);
    expect(of('father')).not.toContain(raised);
    const order = told.map(({ type }) => type);
    expect(order.lastIndexOf(raised)).toBeLessThan(order.indexOf('identity.guardians.changed.v1'));
    const [one] = told.filter(({ type }) => type === raised);
    // Nothing but ids and a time: not by whom, nor how strictly.
    expect(Object.keys(one!.data).toSorted()).toEqual(['acknowledgeBy', 'personId', 'raiseId']);
    expect(one!.data['acknowledgeBy']).toBe('2026-11-21T09:05:00.000Z');
    first = Object.fromEntries(
      told
        .filter(({ type }) => type === raised)
        .map(({ subject, data }) => [nameOf(subject), String(data['raiseId'])]),
    );
    expect(Object.keys(first).toSorted()).toEqual(['mother', 'ours', 'sibling']);
  });

  test('is told again to whoever has not answered within a minute, and asked about after five', async () => {
    at('09:00:50');
    expect(await tellRaisedAgain(world.deps)).toBe(0);
    await answer(first, ['attendance']);
    at('09:01:00');
    expect(await tellRaisedAgain(world.deps)).toBe(3);
    expect(await raises()).toEqual(first);
    at('09:04:59');
    expect(await watchRaised(world.deps)).toBe(false);
    at('09:05:00');
    expect(await watchRaised(world.deps)).toBe(true);
    expect(await world.openItems(null)).toContain('PROTECTION_UNANSWERED');
    await answer(first);
    expect(await watchRaised(world.deps)).toBe(false);
    expect(await world.openItems(null)).not.toContain('PROTECTION_UNANSWERED');
    at('09:10:00');
    expect(await tellRaisedAgain(world.deps)).toBe(0);
  });

  test('is not told for what is no more than it was: a reading again, a client address, a lowering (ADR-13, ADR-14)', async () => {
    await protect('mother', 'FORTROLIG');
    await protect('father', 'CLIENT_ADDRESS');
    await protect('mother', 'NONE');
    expect(await raises()).toEqual({});
  });

  test('is another raise when it comes back or goes higher: what answered the first says nothing of it', async () => {
    at('10:00:00');
    await protect('mother', 'STRENGT_FORTROLIG');
    const second = await raises();
    expect(Object.keys(second).toSorted()).toEqual(['mother', 'ours', 'sibling']);
    expect(Object.values(second).filter((id) => Object.values(first).includes(id))).toEqual([]);
    await answer(first);
    at('10:01:00');
    expect(await tellRaisedAgain(world.deps)).toBe(3);
    await world.told();
  });

  test('is told to a copy that begins anew, of everybody who is protected still and of nobody else', async () => {
    await protect('father', 'FORTROLIG');
    await protect('father', 'NONE');
    await world.told();
    expect(await startSnapshot(world.deps)).toBe(true);
    while (await tellSnapshotBatch(world.deps));
    const told = await world.told();
    const of = told.filter(({ type }) => type === raised).map(({ subject }) => nameOf(subject));
    expect(of.toSorted()).toEqual(['mother', 'ours', 'sibling']);
    const order = told.map(({ type }) => type);
    expect(order.lastIndexOf(raised)).toBeLessThan(order.indexOf('identity.snapshot.completed.v1'));
  });

  test('is told by the timer where whoever raised it did not', async () => {
    await world.database
      .admin`update person set protection = 'FORTROLIG' where person_id = ${world.id.teacher}`;
    expect(await tellRaisedAgain(world.deps)).toBe(1);
    expect(Object.keys(await raises())).toEqual(['teacher']);
  });

  test('is measured, without saying of whom', async () => {
    exposeProtectionFigures(world.deps.db);
    const text = await metrics.metrics();
    expect(text).toMatch(/protection_unanswered [1-9]/);
    expect(text).toMatch(/protection_unanswered_seconds [1-9]/);
    for (const id of Object.values(world.id)) expect(text).not.toContain(id);
  });

  test('is forgotten with whoever is erased', async () => {
    const personId = world.id.teacher;
    await world.deps.db.asService((tx) =>
      erasePersons(
        { ...world.deps, db: tx },
        [{ personId, ids: [personId], unitId: null, kind: 'STAFF', rule: 'RET-10', dueOn: '2026-11-21' }],
        { isAgain: true },
      ),
    );
    expect(await world.database.admin`select from protection_raise where person_id = ${personId}`).toEqual(
      [],
    );
  });
});
