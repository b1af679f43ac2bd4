import { describe } from 'vitest';
import { forCaseWorkersAlone } from '../../test/round-access.ts';
import { at, inJanuary, keyed, preparedRound } from '../../test/rounds.ts';
import { openRound } from './open-round.ts';

describe('opening a round', () => {
  forCaseWorkersAlone({
    prepare: async (deps) => (await preparedRound(deps)).id,
    act: (deps, actor, id) => openRound(at(deps, inJanuary), actor, keyed(id)),
  });
});
