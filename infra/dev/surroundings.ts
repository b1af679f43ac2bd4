import { databaseUrl } from '../postgres/roles.ts';
import type { Part, Surroundings } from './part.ts';
import { portalFolder } from './paths.ts';
import { adminUrl } from './postgres.ts';
import type { Secrets } from './secrets.ts';

export const postgresOffset = 40;
export const natsOffset = 41;

export type Outside = {
  /** An administrator's address of a Postgres that is not ours to start. */
  readonly postgres: string | undefined;
  /** A bus that is not ours to start; everybody uses the user it names. */
  readonly nats: string | undefined;
};

export type Place = {
  readonly portBase: number;
  readonly dataDir: string;
  readonly children: number;
  readonly seed: number;
  readonly parts: readonly Part[];
  readonly secrets: Secrets;
  readonly outside: Outside;
};

export const postgresAdminUrl = ({ outside, portBase, secrets }: Place): string =>
  outside.postgres ?? adminUrl(portBase + postgresOffset, secrets.password('postgres'));

export function surroundingsOf(place: Place): Surroundings {
  const { portBase, parts, secrets, outside } = place;
  const portOf = (name: string, which: 'offset' | 'opsOffset'): number => {
    const offset = parts.find((part) => part.name === name)?.[which];
    if (offset === undefined) throw new Error(`the part ${name} has no ${which}`);
    return portBase + offset;
  };
  return {
    dataDir: place.dataDir,
    secrets,
    children: place.children,
    seed: place.seed,
    address: (name, path = '') => `http://127.0.0.1:${portOf(name, 'offset')}${path}`,
    publicAddress: (name, path = '') => `http://localhost:${portOf(name, 'offset')}${path}`,
    opsAddress: (name, path = '') => `http://127.0.0.1:${portOf(name, 'opsOffset')}${path}`,
    databaseUrl: (service, role) =>
      databaseUrl(postgresAdminUrl(place), service, role, secrets.password(role)),
    natsUrl: (user) =>
      outside.nats ?? `nats://${user}:${secrets.password(`nats ${user}`)}@127.0.0.1:${portBase + natsOffset}`,
    portalFolder,
  };
}
