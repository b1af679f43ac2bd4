import { guardian, staff } from '@ranselpost/kit/testing/actors';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aNumber, aNumberOfTheOtherSeries } from '../testing/numbers.ts';
import { type TestService, startService } from '../testing/service.ts';
import { type World, openWorld } from '../testing/world.ts';

let world: World;
let service: TestService;
beforeAll(async () => {
  world = await openWorld();
  service = await startService(world.deps);
});
afterAll(async () => {
  await service.close();
  await world.close();
});

const gateway: Actor = { kind: 'service', name: 'gateway' };
const signIn = async (actor: Actor, body: unknown) =>
  service.post('/sign-in', body, await service.actors.sign(actor, 'identity'));

describe('signing in', () => {
  test.each<[string, () => Actor]>([
    ['a guardian', () => guardian(world.id.mother)],
    ['staff', () => staff(world.id.leader)],
    ['a machine', () => ({ kind: 'machine', clientId: 'x', organisation: '310001236', scopes: [] })],
    ['another of our services', () => ({ kind: 'service', name: 'attendance' })],
  ])('is asked for by the gateway alone, not by %s', async (_who, actor) => {
    const known = await signIn(actor(), { kind: 'guardian', number: world.number.mother });
    expect(known.status).toBe(403);
    expect(known).toEqual(await signIn(actor(), { kind: 'guardian', number: aNumber() }));
  });

  test.each([
    {},
    { kind: 'guardian' },
    { kind: 'guardian', number: 5 },
    { kind: 'parent', number: '1' },
    { kind: 'staff', login: '' },
  ])('refuses what is no question: %j', async (body) => {
    expect((await signIn(gateway, body)).status).toBe(400);
  });

  test('answers who a number is, and gives somebody nobody has heard of an id that lasts (GUA-20)', async () => {
    expect(await signIn(gateway, { kind: 'guardian', number: world.number.mother })).toEqual({
      status: 200,
      body: { personId: world.id.mother },
    });
    const number = aNumber();
    const first = await signIn(gateway, { kind: 'guardian', number });
    expect(first).toMatchObject({
      status: 200,
      body: { personId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    expect(await signIn(gateway, { kind: 'guardian', number })).toEqual(first);
  });

  test('settles on one id when somebody is seen for the first time twice at once', async () => {
    const number = aNumber();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => signIn(gateway, { kind: 'guardian', number })),
    );
    expect(new Set(answers.map(({ body }) => body.personId)).size).toBe(1);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });

  test('does the same work for a number that is known and one that is not (GUA-20, S-06)', async () => {
    const writes = async (number: string) => {
      const [before] = await world.database.admin`select count(*)::int as n from sign_in`;
      await signIn(gateway, { kind: 'guardian', number });
      const [after] = await world.database.admin`select count(*)::int as n, max(last_at) as at from sign_in`;
      return { more: after!['n'] - before!['n'], at: after!['at'] };
    };
    expect(await writes(aNumber())).toMatchObject({ more: 1 });
    // Each sign-in writes and commits, also the hundredth.
    expect(await writes(world.number.father)).toMatchObject({ at: expect.any(Date) });
  });

  test.each([
    ['of the other series', aNumberOfTheOtherSeries()],
    ['that is none', '12345678901'],
  ])('refuses a number %s without saying it again (registries § 2.1)', async (_what, number) => {
    const answer = await signIn(gateway, { kind: 'guardian', number });
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body)).not.toContain(number);
  });

  test('refuses a number that the register has taken out of use (FREG-08)', async () => {
    const [old, current] = [aNumber(), aNumber()];
    const childId = await world.child(old);
    await world.registerAs(childId, {
      number: current,
      numbers: [
        { number: current, isInUse: true, kind: 'NATIONAL' },
        { number: old, isInUse: false, kind: 'NATIONAL' },
      ],
    });
    expect((await signIn(gateway, { kind: 'guardian', number: old })).status).toBe(422);
    expect((await signIn(gateway, { kind: 'guardian', number: current })).body).toEqual({
      personId: childId,
    });
  });

  test('answers who a login is, in any case of letters, as long as there is a role today', async () => {
    for (const login of ['leader@tingvika.example', 'Leader@TINGVIKA.example'])
      expect(await signIn(gateway, { kind: 'staff', login })).toEqual({
        status: 200,
        body: { personId: world.id.leader },
      });
    const nobody = await signIn(gateway, { kind: 'staff', login: 'nobody@tingvika.example' });
    expect(nobody.status).toBe(404);
    for (const login of ['former@tingvika.example', 'subject@tingvika.example'])
      expect(await signIn(gateway, { kind: 'staff', login })).toEqual(nobody);
  });
});
