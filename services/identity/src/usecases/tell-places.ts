import { type Fact, fact } from '@ranselpost/kit/outbox';
import { enrolmentsChangedV1 } from '@ranselpost/schema/events/identity/enrolments-changed.v1';
import { rolesChangedV1 } from '@ranselpost/schema/events/identity/roles-changed.v1';
import { rolesEndedV1 } from '@ranselpost/schema/events/identity/roles-ended.v1';
import { stillMatters } from '../domain/enrolments.ts';
import { haveEnded } from '../domain/role-end.ts';
import type { StaffRoleKind } from '../domain/staff-roles.ts';
import * as facts from '../store/facts.ts';
import { type EventDeps, today } from './deps.ts';

/** Counts a change of some children's enrolments, or of whom of the staff they are open to, and answers the facts that tell it. */
export async function toEnrolmentsFacts(
  deps: EventDeps,
  childIds: readonly string[],
  { onlyTold = false } = {},
): Promise<readonly Fact[]> {
  const ids = onlyTold
    ? (await facts.enrolments(deps.db, childIds, today(deps)))
        .filter(({ revision }) => revision > 0)
        .map(({ childId }) => childId)
    : childIds;
  await facts.nextRevisions(deps.db, 'enrolments', ids);
  return enrolmentsFacts(deps, ids);
}

/** The same facts as they were told last; of whom nothing was ever told, nothing. */
export async function enrolmentsFacts(
  deps: EventDeps,
  childIds: readonly string[],
): Promise<readonly Fact[]> {
  const day = today(deps);
  const known = (await facts.enrolments(deps.db, childIds, day)).filter(({ revision }) => revision > 0);
  return known.map(({ enrolments, namedStaff, ...told }) =>
    fact(enrolmentsChangedV1, {
      ...told,
      ...(namedStaff === null ? {} : { namedStaff: [...namedStaff] }),
      enrolments: enrolments
        .filter((enrolment) => stillMatters(enrolment, day))
        .map((enrolment) => ({ ...enrolment, groupIds: [...enrolment.groupIds] })),
    }),
  );
}

/** What is asked of whoever tells roles: an operator's command has no more. */
type TellingDeps = Pick<EventDeps, 'db' | 'now'>;

/** Counts a change of some people's roles and answers the facts that tell it, and whose last role it ended. */
export async function toRolesFacts(
  deps: TellingDeps,
  personIds: readonly string[],
  { onlyTold = false } = {},
): Promise<readonly Fact[]> {
  const known = onlyTold
    ? (await facts.roles(deps.db, personIds)).filter(
        ({ revision, roles, municipalRoles }) =>
          revision > 0 || roles.length > 0 || municipalRoles.length > 0,
      )
    : undefined;
  const ids = known?.map(({ personId }) => personId) ?? personIds;
  await facts.nextRevisions(deps.db, 'roles', ids);
  return [...(await rolesFacts(deps, ids)), ...(await toRolesEndedFacts(deps, ids))];
}

/** Who of some people holds no role any more. */
export async function toRolesEndedFacts(
  deps: TellingDeps,
  personIds: readonly string[],
): Promise<readonly Fact[]> {
  const day = today(deps);
  const known = await facts.roles(deps.db, personIds);
  return known
    .filter(({ roles, municipalRoles }) => haveEnded([...roles, ...municipalRoles], day))
    .map(({ personId }) => fact(rolesEndedV1, { personId }));
}

/** The same facts as they were told last; of whom nothing was ever told, nothing. */
export async function rolesFacts(deps: TellingDeps, personIds: readonly string[]): Promise<readonly Fact[]> {
  const day = today(deps);
  const known = (await facts.roles(deps.db, personIds)).filter(({ revision }) => revision > 0);
  return known.map(({ roles, municipalRoles, ...told }) =>
    fact(rolesChangedV1, {
      ...told,
      ...(municipalRoles.length === 0
        ? {}
        : { municipalRoles: municipalRoles.filter((role) => stillMatters(role, day)) }),
      roles: roles
        .filter((role) => stillMatters(role, day))
        .map((role) => ({ ...role, role: role.role as StaffRoleKind })),
    }),
  );
}
