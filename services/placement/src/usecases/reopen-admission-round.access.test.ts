import { describe } from 'vitest';
import { forCaseWorkersAlone } from '../../test/round-access.ts';
import { closedRound, keyed } from '../../test/rounds.ts';
import { proposeReopening } from './reopen-round.ts';

describe('proposing that a round be opened again', () => {
  forCaseWorkersAlone({
    prepare: async (deps) => (await closedRound(deps)).id,
    act: (deps, actor, id) => proposeReopening(deps, actor, { ...keyed(id), reason: 'Feil' }),
  });
});
