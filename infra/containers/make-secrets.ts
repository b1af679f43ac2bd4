import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeClients } from '../dev/clients.ts';
import { parts } from '../dev/parts.ts';
import { defaultDataDir } from '../dev/paths.ts';
import { say } from '../dev/say.ts';
import { Secrets } from '../dev/secrets.ts';
import { natsUsers } from '../nats/users.ts';
import { servicesWithDatabase } from '../postgres/services.ts';
import { natsServerConfig } from './nats-server.ts';
import { containerSurroundings, isSecret, secretName } from './surroundings.ts';

/**
 * Makes what docker-compose.yml reads as secrets, once: passwords, keys and the simulators' clients, each in a file of its
 * own. Run again, it keeps what is there and adds what is missing.
 */
export function makeSecrets(dataDir: string): readonly string[] {
  const secrets = new Secrets(dataDir);
  const where = containerSurroundings(secrets);
  const made: string[] = [];
  const folder = join(dataDir, 'files');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Readable by the user inside the containers, which is nobody here; the folder keeps everybody else out.
  const write = (name: string, text: string): void => {
    rmSync(join(folder, name), { force: true });
    writeFileSync(join(folder, name), text, { mode: 0o444 });
    made.push(name);
  };

  write('postgres-password', secrets.password('postgres'));
  write('postgres-admin-url', `postgres://postgres:${secrets.password('postgres')}@postgres:5432/postgres`);
  const roles = servicesWithDatabase.flatMap((service) => [service, `${service}_owner`]);
  write(
    'postgres-role-passwords',
    JSON.stringify(Object.fromEntries(roles.map((role) => [role, secrets.password(role)]))),
  );
  write(
    'nats-config',
    natsServerConfig(natsUsers, (user) => secrets.password(`nats ${user}`)),
  );
  for (const part of parts) {
    const variables = { ...part.environment(where), ...part.migration?.environment(where) };
    for (const [variable, value] of Object.entries(variables)) {
      if (part.kind === 'simulator') continue;
      const isFile = variable.endsWith('_FILE');
      const name = isFile ? variable.slice(0, -'_FILE'.length) : variable;
      if (isSecret(name)) write(secretName(part.name, name), isFile ? readFileSync(value, 'utf8') : value);
    }
  }
  writeClients(join(dataDir, 'clients.json'), where.publicAddress('gateway'), secrets);
  write('simulator-clients', readFileSync(join(dataDir, 'clients.json'), 'utf8'));
  return made;
}

if (process.argv[1] === import.meta.filename) {
  const folder = join(defaultDataDir, 'containers');
  makeSecrets(folder);
  say('The secrets are in .data/containers/files. Now: docker compose up --build --detach');
}
