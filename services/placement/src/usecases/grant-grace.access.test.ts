import { describe } from 'vitest';
import { forCaseWorkersAlone } from '../../test/round-access.ts';
import { keyed, openedRound } from '../../test/rounds.ts';
import { grantGrace } from './move-round.ts';

const until = new Date('2027-03-03T11:00:00Z');

describe('giving more time', () => {
  forCaseWorkersAlone({
    prepare: async (deps) => (await openedRound(deps)).id,
    act: (deps, actor, id) => grantGrace(deps, actor, { ...keyed(id), until, reason: 'Nede' }),
  });
});
