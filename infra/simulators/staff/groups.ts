import type { FastifyInstance } from 'fastify';
import type { FindHolder } from '../oidc/server.ts';
import { schoolYear } from '../population/placing.ts';
import type { Group, Membership, Unit } from '../population/index.ts';
import { feideRealm } from '../population/units.ts';
import { isGroup } from './people.ts';
import type { FeidePeople, FeidePerson } from './people.ts';

/** Feide's groups API has a host of its own; here it answers under the issuer's. */
export function groupRoutes(app: FastifyInstance, people: FeidePeople, holderOf: FindHolder): void {
  app.get('/groups/me/groups', async (request, reply) => {
    const holder = await holderOf(request.headers.authorization);
    const account = holder && people.account(holder.person);
    if (!account) return reply.code(401).send({ message: 'Unauthorized' });
    const today = new Date().toISOString().slice(0, 10);
    return groupsOf(account, today).filter((group) =>
      holder.scopes.has(group['type'] === 'fc:org' ? 'groups-org' : 'groups-edu'),
    );
  });
}

export function groupsOf(account: FeidePerson, today: string): Record<string, unknown>[] {
  const current = account.memberships.filter(({ from, to }) => from <= today && (to === null || to >= today));
  const units = new Set(current.map(({ target }) => (isGroup(target) ? target.unit : target)));
  return [
    ...[...units].flatMap((unit, index) => toOrganisation(unit, account, index === 0)),
    ...current.flatMap((membership) => toSchoolGroup(membership, account)),
  ];
}

const orgTypes: Readonly<Record<Unit['kind'], readonly string[]>> = {
  municipality: ['primary_and_lower_secondary_owner'],
  school: ['primary_and_lower_secondary'],
  kindergarten: [],
  afterSchool: [],
};

function toOrganisation(
  unit: Unit,
  { affiliation }: FeidePerson,
  isPrimary: boolean,
): Record<string, unknown>[] {
  if (unit.organisationNumber === null) return [];
  const owner = `fc:org:${feideRealm}`;
  const isOwner = unit.kind === 'municipality';
  const roles = affiliation === 'student' ? ['student', 'member'] : ['employee', 'member', affiliation];
  return [
    {
      id: isOwner ? owner : `${owner}:unit:NO${unit.organisationNumber}`,
      type: 'fc:org',
      displayName: unit.name,
      orgType: orgTypes[unit.kind],
      ...(!isOwner && { parent: owner }),
      membership: {
        basic: 'member',
        affiliation: [...new Set(roles)],
        primaryAffiliation: affiliation,
        ...(unit.kind === 'school' && { primarySchool: isPrimary }),
      },
    },
  ];
}

function toSchoolGroup(
  { target, role }: Membership,
  { affiliation }: FeidePerson,
): Record<string, unknown>[] {
  if (!isGroup(target) || target.kind !== 'basis' || target.unit.kind !== 'school') return [];
  const unit = `NO${target.unit.organisationNumber}`;
  const [from, to] = [`${schoolYear}-08-01`, `${schoolYear + 1}-07-31`];
  const level = Number.parseInt(target.name, 10);
  const isTeacher = role === '02' || role === '06';
  return [
    {
      id: `fc:gogroup:${feideRealm}:b:${unit}:${target.name}:${from}:${to}`,
      type: 'fc:gogroup',
      displayName: target.name,
      go_type: 'b',
      go_type_displayName: 'Basisgruppe',
      notBefore: `${from}T00:00:00Z`,
      notAfter: `${to}T00:00:00Z`,
      parent: `fc:org:${feideRealm}:unit:${unit}`,
      grep: { displayName: gradeName(target), code: `aarstrinn${level}` },
      membership: {
        basic: isTeacher ? 'admin' : 'member',
        affiliation: affiliation === 'student' ? 'student' : 'faculty',
        displayName: isTeacher ? 'Lærer' : affiliation === 'student' ? 'Elev' : 'Assistent',
      },
    },
  ];
}

const ordinals = [
  'Første',
  'Andre',
  'Tredje',
  'Fjerde',
  'Femte',
  'Sjette',
  'Sjuende',
  'Åttende',
  'Niende',
  'Tiende',
];

function gradeName({ name }: Group): string {
  return `${ordinals[Number.parseInt(name, 10) - 1] ?? 'Ukjent'} årstrinn`;
}
