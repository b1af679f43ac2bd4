import { newId } from '@ranselpost/kit/ids';
import { describe } from 'vitest';
import { forCaseWorkersAlone } from '../../test/round-access.ts';
import { allocatedRound } from '../../test/runs.ts';
import { publishRound } from './publish-round.ts';

describe('publishing a round', () => {
  forCaseWorkersAlone({
    prepare: allocatedRound,
    act: (deps, actor, roundId) => publishRound(deps, actor, { roundId, seen: [], idempotencyKey: newId() }),
  });
});
