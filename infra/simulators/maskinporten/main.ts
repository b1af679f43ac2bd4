import { readClients } from '../oidc/environment.ts';
import { run } from '../oidc/run.ts';
import { buildPopulation } from '../population/index.ts';
import type { MachineClient } from './grant.ts';
import { buildMaskinporten } from './server.ts';

await run('maskinporten', async ({ publicUrl, clientsFile, stateDir }) => {
  const { app } = await buildMaskinporten({
    issuer: `${publicUrl}/`,
    clients: readClients<MachineClient>(clientsFile, 'maskinporten'),
    // Machines only: of all the people, the page shows those with a name in the tests.
    population: buildPopulation({ children: 0, seed: 1 }),
    ...(stateDir !== undefined && { stateDir }),
  });
  return app;
});
