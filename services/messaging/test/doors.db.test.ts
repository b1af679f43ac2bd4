import { newId } from '@ranselpost/kit/ids';
import { type TestActors, testActors } from '@ranselpost/kit/testing/actors';
import { type TestBus, testBus } from '@ranselpost/kit/testing/bus';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { type IdentityFacts, identityFacts } from '@ranselpost/kit/testing/identity-facts';
import { UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrations } from '../src/migrations.ts';
import { people, tellFamilies } from './families.ts';
import { type Service, startService, threadById } from './service.ts';
import { copyHas } from './world.ts';

let actors: TestActors;
let bus: TestBus;
let database: TestDatabase;
let identity: IdentityFacts;
let service: Service;
beforeAll(async () => {
  [actors, bus, database] = await Promise.all([
    testActors(),
    testBus(),
    testDatabase('messaging', migrations),
  ]);
  identity = await identityFacts(bus.url);
  service = await startService({ databaseUrl: database.url, busUrl: bus.url, actors });
  await tellFamilies(identity);
  identity.beat();
  await copyHas(database.db, identity);
});
afterAll(async () => {
  await service.kill();
  await identity.close();
  await Promise.all([actors.close(), bus.close(), database.close()]);
});

const json = { 'content-type': 'application/json' };

// What a token can be wrong in, the kit's own tests try; here, that its door is ours.
test('answers 401 with the same body without a valid actor token (S-13)', async () => {
  const refused = '{"errors":[{"message":"Sign in and try again.","extensions":{"code":"UNAUTHENTICATED"}}]}';
  const unsigned = new UnsecuredJWT({ actor: people.mother })
    .setIssuer(actors.issuer)
    .setAudience('messaging');
  for (const token of [null, unsigned.setJti(newId()).encode(), await actors.sign(people.mother, 'identity')])
    for (const query of ['{ __typename }', '{ _service { sdl } }', threadById]) {
      const headers = token === null ? {} : { authorization: `Bearer ${token}` };
      const answer = await service.send({ ...json, ...headers }, JSON.stringify({ query }));
      expect([answer.status, answer.body]).toEqual([401, refused]);
    }
});

describe('the graph', () => {
  test('says NOT_FOUND of whatever is not there', async () => {
    for (const id of [newId(), 'no id at all'])
      expect((await service.ask(people.mother, threadById, { id })).codes).toEqual(['NOT_FOUND thread']);
  });

  test('does not answer introspection', async () => {
    expect((await service.ask(people.mother, '{ __schema { types { name } } }')).data ?? null).toBeNull();
  });
});

test('nothing in the log names a token (S-07)', () => {
  expect(service.log()).not.toMatch(/eyJ|Bearer/);
  expect(service.log()).not.toContain('"level":50');
});
