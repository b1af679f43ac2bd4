import { keepConsidered } from '../usecases/keep-considered.ts';
import type { Name, World } from './world.ts';

/** Placement says of some children that admission considers them. */
export async function considers(
  { deps, id }: World,
  names: readonly Name[],
  word: { isWaiting?: boolean; hasPlace?: boolean; revision?: number; heardAt?: Date } = {},
): Promise<void> {
  const said = { isWaiting: true, hasPlace: false, revision: 1, heardAt: new Date(), ...word };
  await deps.db.asService(async (tx) => {
    for (const name of names) await keepConsidered({ ...deps, db: tx }, { childId: id[name], ...said });
  });
}

/** The register names the second case worker as responsible for a child. */
export const isOwnOfSecondCaseWorker = ({ id, database }: World, child: Name): Promise<unknown> =>
  database.admin`
    insert into responsibility (child_id, value, holder_kind, holder_id) values (${id[child]}, 'felles', 'person', ${id.secondCaseWorker})`;
