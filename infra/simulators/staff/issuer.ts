import { buildIssuer } from '../oidc/server.ts';
import type { Issuer, IssuerOptions } from '../oidc/server.ts';
import { groupRoutes } from './groups.ts';
import { FeidePeople } from './people.ts';
import { staffProfile } from './profile.ts';

export async function buildStaffIssuer(options: Omit<IssuerOptions, 'profile' | 'more'>): Promise<Issuer> {
  const people = new FeidePeople(options.population);
  return buildIssuer({
    ...options,
    profile: staffProfile(people),
    more: (app, holderOf) => groupRoutes(app, people, holderOf),
  });
}
