import type { Visitor } from '@ranselpost/infra/visitor/visitor';
import { newId } from '@ranselpost/kit/ids';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { expect } from 'vitest';
import { reportMutation } from './absences.ts';

export const oneChild = `query One($id: ID!) { child(id: $id) { id } }`;

/** A day long past is refused as past to guardians, and as no such child to everybody else: attendance answers alone. */
export const pastReport = (childId: string, idempotencyKey = newId()) => ({
  input: { childId, unitId: newId(), day: '2020-01-01', cause: 'SICK', idempotencyKey },
});

type Sight = 'seen' | 'NOT_FOUND' | 'signed out';

/** What identity alone and what attendance alone say of a child. */
async function sightsOf(
  visitor: Visitor,
  childId: string,
): Promise<Record<'identity' | 'attendance', string>> {
  const answers = [
    await visitor.ask(oneChild, { id: childId }),
    await visitor.ask(reportMutation, pastReport(childId)),
  ];
  const [identity, attendance] = answers.map(({ status, codes }) =>
    status === 401 ? 'signed out' : (codes[0] ?? 'seen'),
  );
  return { identity: identity!, attendance: attendance! };
}

const both = (sight: Sight) => ({ identity: sight, attendance: sight });

export const expectSeen = async (visitor: Visitor, childId: string): Promise<void> =>
  expect(await sightsOf(visitor, childId)).toEqual(both('seen'));

/** `how` is what a session that goes on is told, or that it has ended. */
export const expectHidden = async (
  visitor: Visitor,
  childId: string,
  how: Exclude<Sight, 'seen'> = 'NOT_FOUND',
): Promise<void> => expect(await sightsOf(visitor, childId)).toEqual(both(how));

/** The register's feed is read once a second here; the rest of it is for slow machines. */
export const soon = <Value>(check: () => Promise<Value> | Value): Promise<Value> => eventually(check, 30_000);
