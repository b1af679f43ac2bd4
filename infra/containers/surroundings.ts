import type { Surroundings } from '../dev/part.ts';
import { parts } from '../dev/parts.ts';
import type { Secrets } from '../dev/secrets.ts';
import { defaultPortBase } from '../dev/paths.ts';

const portOf = (name: string, which: 'offset' | 'opsOffset'): number => {
  const offset = parts.find((part) => part.name === name)?.[which];
  if (offset === undefined) throw new Error(`the part ${name} has no ${which}`);
  return defaultPortBase + offset;
};

/** Whom a browser is sent to needs one name that holds inside and outside: `*.localhost` is this machine in a browser. */
const publicName = (name: string): string => (name === 'gateway' ? 'localhost' : `${name}.localhost`);

/** Where the parts find each other in docker-compose.yml. */
export const containerSurroundings = (secrets: Secrets): Surroundings => ({
  dataDir: '/state',
  secrets,
  children: 200,
  seed: 1,
  address: (name, path = '') => `http://${name}:${portOf(name, 'offset')}${path}`,
  publicAddress: (name, path = '') => `http://${publicName(name)}:${portOf(name, 'offset')}${path}`,
  opsAddress: (name, path = '') => `http://${name}:${portOf(name, 'opsOffset')}${path}`,
  databaseUrl: (service, role) => `postgres://${role}:${secrets.password(role)}@postgres:5432/${service}`,
  natsUrl: (user) => `nats://${user}:${secrets.password(`nats ${user}`)}@nats:4222`,
  portalFolder: 'portal/dist',
});

/** Variables that hold something to keep: given as a file of their own, never in the list of variables. */
export const isSecret = (variable: string): boolean =>
  /^(MIGRATION_)?DATABASE_URL$|^NATS_URL$|_KEYS?$|_CERTIFICATE$|_PASSWORD$|_SECRET$/.test(variable);

/** The file of a secret, as in docker-compose.yml. */
export const secretName = (part: string, variable: string): string =>
  `${part}-${variable.toLowerCase().replaceAll('_', '-')}`;
