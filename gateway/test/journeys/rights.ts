import { askAll } from '@ranselpost/infra/visitor/questions';
import type { Visitor } from '@ranselpost/infra/visitor/visitor';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { expect } from 'vitest';

type Sight = 'seen' | 'NOT_FOUND' | 'signed out';

async function sightsOf(visitor: Visitor, childId: string): Promise<ReadonlySet<string>> {
  const answers = await askAll(visitor, childId);
  return new Set(answers.map(({ status, codes }) => (status === 401 ? 'signed out' : (codes[0] ?? 'seen'))));
}

/** Each service by itself says so. */
export const expectSeen = async (visitor: Visitor, childId: string): Promise<void> =>
  expect(await sightsOf(visitor, childId)).toEqual(new Set<Sight>(['seen']));

/** `how` is what a session that goes on is told, or that it has ended. */
export const expectHidden = async (
  visitor: Visitor,
  childId: string,
  how: Exclude<Sight, 'seen'> = 'NOT_FOUND',
): Promise<void> => expect(await sightsOf(visitor, childId)).toEqual(new Set([how]));

/** The register's feed is read once a second here; the rest of it is for slow machines. */
export const soon = <Value>(check: () => Promise<Value> | Value): Promise<Value> => eventually(check, 30_000);
