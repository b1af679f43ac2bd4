import { readEnvironment } from '../common/environment.ts';
import { start } from '../common/start.ts';
import { buildPopulation, sizeFromEnvironment } from '../population/index.ts';
import { buildUnits } from './app.ts';

const environment = readEnvironment();
const population = buildPopulation(sizeFromEnvironment());
const app = buildUnits({ population, stateDir: environment.stateDir });
await start('units', app, environment, { units: population.units.length });
