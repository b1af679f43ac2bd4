import { describe } from 'vitest';
import { forCaseWorkersAlone } from '../../test/round-access.ts';
import { somePlan } from '../../test/rounds.ts';
import { planRound } from './plan-round.ts';

describe('planning a round of admission', () => {
  forCaseWorkersAlone({
    prepare: async () => '',
    act: (deps, actor) => planRound(deps, actor, somePlan()),
  });
});
