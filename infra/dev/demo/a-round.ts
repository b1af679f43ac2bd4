import type { Visitor } from '../../visitor/visitor.ts';
import type { Say } from '../say.ts';
import { DidNotHold, hold } from '../story.ts';
import { type Admission, changeOnce, moveRound, roundTitle } from './admission.ts';
import { today } from './graph.ts';

const round = `query Round($id: ID!) { admissionRound(id: $id) { state seedCommitment seed } }`;
export interface Round {
  readonly state: string;
  readonly seedCommitment: string | null;
  readonly seed: string | null;
}

export async function readRound(caseWorker: Visitor, id: string): Promise<Round> {
  const { data, codes } = await caseWorker.ask<{ admissionRound: Round | null }>(round, { id });
  if (data?.admissionRound == null) throw new DidNotHold(`the round gave ${codes.join(', ')}`);
  return data.admissionRound;
}

/** Statutes, a vacant seat, and the draw that is fixed before anybody has applied. Answers the round. */
export async function openRound(admission: Admission, see: Say): Promise<string> {
  const { caseWorker, unit, year } = admission;
  await changeOnce(caseWorker, 'adoptStatutes', {
    ...{ unitId: unit.id, from: today(), noticeMonths: 0, answerDays: 10, silenceDeclines: true },
    ...{
      keepWaiting: true,
      priority: { mode: 'FIRST_MATCH', groups: ['law18', 'sibling'], criteria: ['AGE_OLDEST'] },
    },
  });
  const { round: planned } = await changeOnce<{ round: { id: string } }>(
    caseWorker,
    'planAdmissionRound',
    {
      plan: {
        ...{ kind: 'CONTINUOUS', title: roundTitle, admissionYear: year, unitIds: [unit.id] },
      },
    },
    { selection: '... on AdmissionRoundPlanned { round { id } }' },
  );
  await changeOnce(caseWorker, 'decideSeats', {
    ...{ roundId: planned.id, unitId: unit.id, group: 'SMALL', seats: 1, area: 60, adults: 3 },
  });
  await moveRound(caseWorker, 'openAdmissionRound', planned.id);
  const { seedCommitment, seed } = await readRound(caseWorker, planned.id);
  hold(seedCommitment !== null && seed === null, 'the seed of the draw is known before the result');
  see(`${unit.name} has one place for a small child: priority by law first, then siblings, then the oldest`);
  see(`the draw is fixed and its hash published: ${seedCommitment}`);
  return planned.id;
}
