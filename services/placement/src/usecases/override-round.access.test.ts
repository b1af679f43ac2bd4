import { newId } from '@ranselpost/kit/ids';
import { describe } from 'vitest';
import { places } from '../../test/families.ts';
import { forCaseWorkersAlone } from '../../test/round-access.ts';
import { roundOf, twoChildren } from '../../test/runs.ts';
import { overrideRound } from './override-round.ts';

describe('deciding by hand', () => {
  forCaseWorkersAlone({
    prepare: async (_deps, world) => (await roundOf(world, { children: twoChildren })).roundId,
    act: (deps, actor, roundId) =>
      overrideRound(deps, actor, {
        ...{ roundId, reason: 'Vedtak', idempotencyKey: newId() },
        override: { kind: 'SEATS', unitId: places.solhaug, group: 'small', seats: 2 },
      }),
  });
});
