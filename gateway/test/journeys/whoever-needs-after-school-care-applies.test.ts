import { goldenByName } from '@ranselpost/infra/simulators/population/index';
import { commonStatutes } from '@ranselpost/infra/visitor/admission';
import type { Visitor } from '@ranselpost/infra/visitor/visitor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  admissionOf,
  answer,
  codeOf,
  done,
  inOrder,
  outcomesOf,
  publish,
  read,
  viewerOf,
} from './admission.ts';
import { soon } from './rights.ts';
import { openTown } from './town.ts';

const town = openTown();
afterAll(() => town.close());

describe('after-school care with one seat (SFO-01)', () => {
  interface Family {
    readonly mother: Visitor;
    readonly fatherId: string;
    readonly childId: string;
    applicationId: string;
  }
  let caseWorker: Visitor;
  let unitId: string;
  let older: Family;
  let younger: Family;
  let roundId: string;

  beforeAll(async () => {
    caseWorker = await town.visit('staff', 'staff.caseWorker');
    const theirs: string[] = [];
    const enter = async (family: string, child: string): Promise<Family> => {
      const [her, him] = [
        await town.visit('guardian', `${family}.mother`),
        await town.visit('guardian', `${family}.father`),
      ];
      const { children } = await viewerOf(her);
      const { given } = goldenByName.get(`${family}.${child}`)!;
      const { id: childId, enrolments } = children.find(({ name }) => name?.given === given)!;
      theirs.push(...enrolments.map(({ unit }) => unit.id));
      await done(her, 'prepareApplication', {});
      return { mother: her, fatherId: (await viewerOf(him)).id, childId, applicationId: '' };
    };
    [older, younger] = [await enter('F1', 'older'), await enter('F14', 'kindergartenTwin')];
    const { unitDirectory } = await read<{ unitDirectory: { nodes: readonly { id: string }[] } }>(
      caseWorker,
      '{ unitDirectory(kind: AFTER_SCHOOL, first: 100) { nodes { id } } }',
    );
    // Not where they go: whoever has a seat keeps it.
    unitId = unitDirectory.nodes.find(({ id }) => !theirs.includes(id))!.id;
  });

  test('is applied for by guardians, for the coming autumn', async () => {
    await done(caseWorker, 'adoptStatutes', { unitId, ...commonStatutes(localDateAt(new Date())) });
    const { round } = await done(caseWorker, 'planAdmissionRound', {
      plan: { kind: 'SFO', title: 'SFO til høsten', admissionYear: 2027, unitIds: [unitId] },
    });
    roundId = round!.id;
    await done(caseWorker, 'decideSeats', { roundId, unitId, group: 'SFO', seats: 1 });
    await done(caseWorker, 'openAdmissionRound', { roundId });
    for (const one of [older, younger]) {
      const { application } = await done(one.mother, 'savePlacementApplication', {
        ...{ childId: one.childId, roundId, guardianIds: [one.fatherId], wishes: inOrder(unitId) },
      });
      one.applicationId = application!.id;
      await done(one.mother, 'submitPlacementApplication', { applicationId: one.applicationId });
    }
    await done(caseWorker, 'closeAdmissionRound', { roundId });
    // Who has no birth date in placement is in no run.
    await soon(async () =>
      expect(
        await town.look(
          'placement',
        )`select from child_facts where child_id in ${town.look('placement')([older.childId, younger.childId])}`,
      ).toHaveLength(2),
    );
  });

  test('is offered by the unit’s own rules, accepted, and who is refused may appeal (ADM-01)', async () => {
    await done(caseWorker, 'allocateRound', { roundId });
    expect((await publish(caseWorker, roundId)).kinds).toEqual([]);
    expect((await outcomesOf(older.mother, older.applicationId)).outcomes).toMatchObject([
      { outcome: 'OFFERED' },
    ]);
    const { outcomes } = await outcomesOf(younger.mother, younger.applicationId);
    expect(outcomes).toMatchObject([{ outcome: 'REJECTED' }]);
    expect(outcomes![0]!.reason).toMatch(/after-school unit had 1 place.*older\.$/);
    expect(await answer(older.mother, older.childId, 'ACCEPT')).toBe('ACCEPTED');
    expect((await admissionOf(older.mother, older.childId)).places).toMatchObject([
      { unit: { id: unitId }, from: '2027-08-01', to: null },
    ]);
    const appeal = { unitId, grounds: 'Vi arbeider begge på kveldstid.' };
    expect(
      await codeOf(older.mother, 'appealPlacementDecision', {
        applicationId: older.applicationId,
        ...appeal,
      }),
    ).toBe('E_NO_RIGHT_OF_APPEAL');
    const { appeal: received } = await done(younger.mother, 'appealPlacementDecision', {
      ...{ applicationId: younger.applicationId, ...appeal },
    });
    expect(received).toMatchObject({ state: 'RECEIVED', isUpheld: false });
  });
});
