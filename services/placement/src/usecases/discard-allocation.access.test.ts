import { newId } from '@ranselpost/kit/ids';
import { describe } from 'vitest';
import { forCaseWorkersAlone } from '../../test/round-access.ts';
import { allocatedRound } from '../../test/runs.ts';
import { discardAllocation } from './allocate-round.ts';

describe('giving up what was allocated', () => {
  forCaseWorkersAlone({
    prepare: allocatedRound,
    act: (deps, actor, roundId) =>
      discardAllocation(deps, actor, { roundId, reason: 'Feil', idempotencyKey: newId() }),
  });
});
