import { describe } from 'vitest';
import { people } from '../../test/families.ts';
import { forCaseWorkersAlone } from '../../test/round-access.ts';
import { overrideOf, roundOf, twoChildren } from '../../test/runs.ts';
import { approveOverride } from './override-round.ts';

describe('approving what was decided by hand', () => {
  forCaseWorkersAlone({
    by: people.secondCaseWorker,
    prepare: async (_deps, world) => overrideOf(world, await roundOf(world, { children: twoChildren })),
    act: (deps, actor, overrideId) => approveOverride(deps, actor, { overrideId }),
  });
});
