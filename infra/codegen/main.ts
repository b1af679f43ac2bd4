import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generatedTypes, makeSubgraphTypes } from './subgraph-types.ts';

// Run by turbo in a service's own folder, so that types are made anew only when that service's SDL has changed.
const [service] = process.argv.slice(2);
if (service === undefined) throw new Error('usage: main.ts <service>');
const file = generatedTypes(service);
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, await makeSubgraphTypes(service));
