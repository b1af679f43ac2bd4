import { describe } from 'vitest';
import { forCaseWorkersAlone } from '../../test/round-access.ts';
import { overrideOf, roundOf, twoChildren } from '../../test/runs.ts';
import { withdrawOverride } from './override-round.ts';

describe('taking back what was decided by hand', () => {
  forCaseWorkersAlone({
    prepare: async (_deps, world) => overrideOf(world, await roundOf(world, { children: twoChildren })),
    act: (deps, actor, overrideId) => withdrawOverride(deps, actor, { overrideId, reason: 'Feil' }),
  });
});
