import { Archive } from '../archive/archive.ts';
import { fiksIo } from '../archive/routes.ts';
import { readEnvironment } from '../common/environment.ts';
import { start } from '../common/start.ts';
import { TokenCheck } from '../common/token.ts';
import { buildPopulation, sizeFromEnvironment } from '../population/index.ts';
import { Letters } from '../svarut/letters.ts';
import { svarUtRoutes } from '../svarut/routes.ts';
import { buildFreg } from './app.ts';

const environment = readEnvironment();
const { fiks, stateDir, maskinportenIssuer } = environment;
const population = buildPopulation(sizeFromEnvironment());
const { app, register } = buildFreg({ population, ...environment });
const stateFile = (name: string) => (stateDir === null ? null : `${stateDir}/${name}.jsonl`);

// What else is behind Fiks stands on the same host.
const tokens = new TokenCheck(maskinportenIssuer);
if (fiks.svarUtAccountId !== undefined)
  svarUtRoutes(app, {
    fiks,
    tokens,
    accountId: fiks.svarUtAccountId,
    letters: new Letters(stateFile('letters')),
  });
if (fiks.io !== undefined) {
  const { archive, sender } = fiks.io;
  fiksIo(app, {
    fiks,
    tokens,
    accountId: sender.accountId,
    archiveAccountId: archive.accountId,
    archive: new Archive(archive, sender, stateFile('archive')),
  });
}
await start('freg', app, environment, {
  people: population.people.length,
  lastSequenceNumber: register.feed.last,
});
