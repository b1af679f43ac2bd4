import { describe } from 'vitest';
import { newId } from '@ranselpost/kit/ids';
import { people } from '../../test/families.ts';
import { forCaseWorkersAlone } from '../../test/round-access.ts';
import { closedRound, keyed, must } from '../../test/rounds.ts';
import { approveReopening, proposeReopening } from './reopen-round.ts';

describe('approving that a round be opened again', () => {
  forCaseWorkersAlone({
    prepare: async (deps) => {
      const { id } = await closedRound(deps);
      return must(await proposeReopening(deps, people.caseWorker, { ...keyed(id), reason: 'Feil' })).id;
    },
    act: (deps, actor, reopeningId) =>
      approveReopening(deps, actor, { reopeningId, idempotencyKey: newId() }),
    by: people.secondCaseWorker,
  });
});
