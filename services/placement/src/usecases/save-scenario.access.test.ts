import { newId } from '@ranselpost/kit/ids';
import { describe } from 'vitest';
import { forCaseWorkersAlone } from '../../test/round-access.ts';
import { roundOf, twoChildren } from '../../test/runs.ts';
import { saveScenario } from './save-scenario.ts';

describe('saving a scenario', () => {
  forCaseWorkersAlone({
    prepare: async (_deps, world) => (await roundOf(world, { children: twoChildren })).roundId,
    act: (deps, actor, roundId) =>
      saveScenario(deps, actor, {
        ...{ roundId, name: 'Flere plasser', seed: null, idempotencyKey: newId() },
        changes: { rules: [], overrides: [] },
      }),
  });
});
