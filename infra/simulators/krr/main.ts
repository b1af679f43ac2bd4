import { readEnvironment } from '../common/environment.ts';
import { start } from '../common/start.ts';
import { buildPopulation, sizeFromEnvironment } from '../population/index.ts';
import { buildKrr } from './app.ts';

const environment = readEnvironment();
const population = buildPopulation(sizeFromEnvironment());
const { app } = buildKrr({ population, ...environment });
await start('krr', app, environment, { people: population.people.length });
