import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makePortalOperations, portalOperations } from './portal-operations.ts';
import { generatedTypes, makeSubgraphTypes } from './subgraph-types.ts';

// Run by turbo in a part's own folder, so that types are made anew only when what they follow from has changed.
const [part] = process.argv.slice(2);
if (part === undefined) throw new Error('usage: main.ts portal|<service>');
const isPortal = part === 'portal';
const file = isPortal ? portalOperations : generatedTypes(part);
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, isPortal ? await makePortalOperations() : await makeSubgraphTypes(part));
