import { describe } from 'vitest';
import { forCaseWorkersAlone } from '../../test/round-access.ts';
import { preparedRound, someSeats } from '../../test/rounds.ts';
import { decideSeats } from './decide-seats.ts';

describe('deciding seats', () => {
  forCaseWorkersAlone({
    prepare: async (deps) => (await preparedRound(deps)).id,
    act: (deps, actor, id) => decideSeats(deps, actor, someSeats(id)),
  });
});
