import { type Page, readPage, toPage } from '@ranselpost/kit/connection';
import { type FindingView, readUnitFindings } from '../usecases/read-unit-findings.ts';
import type { QueryResolvers, UnitFindingResolvers } from './generated/types.ts';

export const unitFinding: Pick<UnitFindingResolvers, 'unit' | 'register'> = {
  unit: ({ unitId }, _arguments, { units }) => (unitId === null ? null : units.load(unitId)),
  register: ({ entry }) => entry,
};

export const unitFindings: NonNullable<QueryResolvers['unitFindings']> = async (
  _parent,
  { kind, ...page },
  { actor, deps },
): Promise<Page<FindingView>> => {
  const { first, after } = readPage(page);
  const found = await readUnitFindings(deps, actor, { kind: kind ?? null, after, first });
  return toPage(found, first, after, ({ key }) => key);
};
