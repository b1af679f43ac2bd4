import { newId } from '@ranselpost/kit/ids';
import { describe } from 'vitest';
import { forCaseWorkersAlone } from '../../test/round-access.ts';
import { roundOf, twoChildren } from '../../test/runs.ts';
import { simulateRound } from './simulate-round.ts';

describe('simulating a round', () => {
  forCaseWorkersAlone({
    prepare: async (_deps, world) => (await roundOf(world, { children: twoChildren })).roundId,
    act: (deps, actor, roundId) =>
      simulateRound(deps, actor, { roundId, scenarioId: null, idempotencyKey: newId() }),
  });
});
