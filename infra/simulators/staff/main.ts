import { readClients } from '../oidc/environment.ts';
import type { RegisteredClient } from '../oidc/profile.ts';
import { run } from '../oidc/run.ts';
import { buildPopulation, sizeFromEnvironment } from '../population/index.ts';
import { buildStaffIssuer } from './issuer.ts';

await run('staff', async ({ publicUrl, clientsFile, stateDir }) => {
  const { app } = await buildStaffIssuer({
    population: buildPopulation(sizeFromEnvironment()),
    issuer: publicUrl,
    clients: readClients<RegisteredClient>(clientsFile, 'staff'),
    ...(stateDir !== undefined && { stateDir }),
  });
  return app;
});
