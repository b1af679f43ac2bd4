import { describe } from 'vitest';
import { forCaseWorkersAlone } from '../../test/round-access.ts';
import { closedRound, keyed, moveOnTo } from '../../test/rounds.ts';
import { finishRound } from './finish-round.ts';

describe('ending a round', () => {
  forCaseWorkersAlone({
    prepare: async (deps) => (await moveOnTo(deps, await closedRound(deps), 'appeal')).id,
    act: (deps, actor, id) => finishRound(deps, actor, keyed(id)),
  });
});
