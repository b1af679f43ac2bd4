import { describe } from 'vitest';
import { forCaseWorkersAlone } from '../../test/round-access.ts';
import { closedRound, keyed, moveOnTo } from '../../test/rounds.ts';
import { openAppeals } from './move-round.ts';

describe('taking appeals', () => {
  forCaseWorkersAlone({
    prepare: async (deps) => (await moveOnTo(deps, await closedRound(deps), 'published')).id,
    act: (deps, actor, id) => openAppeals(deps, actor, keyed(id)),
  });
});
