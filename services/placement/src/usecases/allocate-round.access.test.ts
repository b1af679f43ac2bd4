import { newId } from '@ranselpost/kit/ids';
import { describe } from 'vitest';
import { forCaseWorkersAlone } from '../../test/round-access.ts';
import { roundOf, twoChildren } from '../../test/runs.ts';
import { allocateRound } from './allocate-round.ts';

describe('allocating a round', () => {
  forCaseWorkersAlone({
    prepare: async (_deps, world) => (await roundOf(world, { children: twoChildren })).roundId,
    act: (deps, actor, roundId) => allocateRound(deps, actor, { roundId, idempotencyKey: newId() }),
  });
});
