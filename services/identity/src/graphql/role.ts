import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { readMunicipalRoles, readOwnMunicipalRoles } from '../usecases/read-roles.ts';
import type {
  MunicipalRoleResolvers,
  QueryResolvers,
  SubstituteResolvers,
  ViewerResolvers,
} from './generated/types.ts';

export const roleQueries: Required<Pick<QueryResolvers, 'municipalRoles'>> = {
  municipalRoles: async (_parent, page, { deps, actor }) => {
    const { first, after } = readPage(page);
    if (after !== null && !isId(after)) throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
    const found = await readMunicipalRoles(deps, actor, { first, after });
    if (found === null) throw new AppError('NOT_FOUND');
    return toPage(found, first, after, ({ roleId }) => roleId);
  },
};

export const ownMunicipalRoles: NonNullable<ViewerResolvers['municipalRoles']> = (
  _viewer,
  _arguments,
  { deps, actor },
) => readOwnMunicipalRoles(deps, actor);

export const municipalRole: Pick<MunicipalRoleResolvers, 'id' | 'kind'> = {
  id: ({ roleId }) => roleId,
  kind: ({ role }) => role,
};

export const substitute: Pick<SubstituteResolvers, 'id' | 'kind' | 'group'> = {
  id: ({ roleId }) => roleId,
  kind: ({ role }) => role,
  group: ({ groupId }, _arguments, { groups }) => (groupId === null ? null : groups.load(groupId)),
};
