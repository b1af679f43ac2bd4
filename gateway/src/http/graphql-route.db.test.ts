import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOperations } from '../operations.ts';
import { readFile } from 'node:fs/promises';
import { surroundings, startTestGateway, type Surroundings, type TestGateway } from '../testing/gateway.ts';
import { freePort } from '../testing/ports.ts';
import {
  type TestIdentity,
  type TestSubgraph,
  attendanceResolvers,
  childIds,
  identityResolvers,
  personIds,
  startAttendance,
  startIdentity,
} from '../testing/subgraphs.ts';

let around: Surroundings;
let gateway: TestGateway;
let identity: TestIdentity;
let attendance: TestSubgraph;
let mother: string;

beforeAll(async () => {
  around = await surroundings();
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  identity = await startIdentity({ publicUrl, resolvers: identityResolvers, people: new Map() });
  attendance = await startAttendance({ publicUrl, resolvers: attendanceResolvers });
  gateway = await startTestGateway(around, port, {
    IDENTITY_URL: identity.url,
    ATTENDANCE_URL: attendance.url,
    OPERATIONS: 'any',
  });
  mother = await gateway.signIn({ kind: 'guardian', personId: personIds.mother, level: 'substantial' });
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([identity.stop(), attendance.stop()]);
  await around.close();
});

const start = async () =>
  readFile(
    new URL('operations/start.graphql', import.meta.resolve('@ranselpost/schema/supergraph.graphql')),
    'utf8',
  );

describe('a query over two subgraphs', () => {
  test('is answered with what each of them knows', async () => {
    const response = await gateway.post({ query: await start() }, { cookie: mother });
    const answer = await response.json();
    expect(response.status).toBe(200);
    expect(answer).toMatchObject({
      data: {
        viewer: {
          id: personIds.mother,
          children: [
            {
              id: childIds.older,
              absences: { nodes: [{ cause: 'SICK', unit: { name: 'Paraplyen skole' } }] },
            },
            { id: childIds.younger },
          ],
        },
      },
    });
    expect(answer).not.toHaveProperty('errors');
  });
});
void readOperations;
