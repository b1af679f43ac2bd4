import { describe } from 'vitest';
import { forCaseWorkersAlone } from '../../test/round-access.ts';
import { keyed, preparedRound, somePlan } from '../../test/rounds.ts';
import { changeRound } from './plan-round.ts';

describe('planning a round anew', () => {
  forCaseWorkersAlone({
    prepare: async (deps) => (await preparedRound(deps)).id,
    act: (deps, actor, id) => changeRound(deps, actor, { ...somePlan(), ...keyed(id), version: 1 }),
  });
});
