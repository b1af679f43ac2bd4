import { readClients } from '../oidc/environment.ts';
import type { RegisteredClient } from '../oidc/profile.ts';
import { run } from '../oidc/run.ts';
import { buildIssuer } from '../oidc/server.ts';
import { buildPopulation, sizeFromEnvironment } from '../population/index.ts';
import { idportenProfile } from './profile.ts';

await run('idporten', async ({ publicUrl, clientsFile, stateDir }) => {
  const population = buildPopulation(sizeFromEnvironment());
  const { app } = await buildIssuer({
    profile: idportenProfile(population),
    population,
    issuer: publicUrl,
    clients: readClients<RegisteredClient>(clientsFile, 'idporten'),
    ...(stateDir !== undefined && { stateDir }),
  });
  return app;
});
