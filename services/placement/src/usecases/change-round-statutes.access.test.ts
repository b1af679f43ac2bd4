import { describe } from 'vitest';
import { newId } from '@ranselpost/kit/ids';
import { places } from '../../test/families.ts';
import { forCaseWorkersAlone } from '../../test/round-access.ts';
import { keyed, openedRound } from '../../test/rounds.ts';
import { changeRoundStatutes } from './change-round-statutes.ts';

const statutes = new Map<string, string>();

describe('having a unit ranked by other statutes', () => {
  forCaseWorkersAlone({
    prepare: async (deps) => {
      const { id, statuteOf } = await openedRound(deps);
      statutes.set(id, statuteOf[places.solhaug]!);
      return id;
    },
    act: (deps, actor, id) =>
      changeRoundStatutes(deps, actor, {
        ...{ ...keyed(id), unitId: places.solhaug, statuteId: statutes.get(id) ?? newId(), reason: 'Feil' },
      }),
  });
});
