import { newId } from '@ranselpost/kit/ids';
import { describe } from 'vitest';
import { forCaseWorkersAlone } from '../../test/round-access.ts';
import { roundOf, twoChildren } from '../../test/runs.ts';
import { decideRight } from './decide-right.ts';

describe('deciding on the right to a place', () => {
  forCaseWorkersAlone({
    prepare: async (_deps, world) => (await roundOf(world, { children: twoChildren })).applications[0]!,
    act: (deps, actor, applicationId) =>
      decideRight(deps, actor, {
        ...{ applicationId, hasRight: true, reason: 'Flyttet hit', idempotencyKey: newId() },
      }),
  });
});
