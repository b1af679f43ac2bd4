import { describe } from 'vitest';
import { forCaseWorkersAlone } from '../../test/round-access.ts';
import { at, inMarch, keyed, openedRound } from '../../test/rounds.ts';
import { closeRound } from './move-round.ts';

describe('closing a round', () => {
  forCaseWorkersAlone({
    prepare: async (deps) => (await openedRound(deps)).id,
    act: (deps, actor, id) => closeRound(at(deps, inMarch), actor, keyed(id)),
  });
});
