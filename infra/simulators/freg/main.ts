import { readEnvironment } from '../common/environment.ts';
import { start } from '../common/start.ts';
import { buildPopulation, sizeFromEnvironment } from '../population/index.ts';
import { buildFreg } from './app.ts';

const environment = readEnvironment();
const population = buildPopulation(sizeFromEnvironment());
const { app, register } = buildFreg({ population, ...environment });
await start('freg', app, environment, {
  people: population.people.length,
  lastSequenceNumber: register.feed.last,
});
