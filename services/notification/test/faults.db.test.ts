import { connectBus, ensureStream } from '@ranselpost/kit/bus';
import { newId } from '@ranselpost/kit/ids';
import type { KeyRing } from '@ranselpost/kit/keys';
import { createLog } from '@ranselpost/kit/log';
import { fact } from '@ranselpost/kit/outbox';
import { compiled } from '@ranselpost/kit/testing/compiled';
import { type TestBus, freePort, testBus } from '@ranselpost/kit/testing/bus';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { type Outage, cuttable } from '@ranselpost/kit/testing/outage';
import { pushSubscriptionChangedV1 } from '@ranselpost/schema/events/identity/push-subscription-changed.v1';
import { noticeDueV1 } from '@ranselpost/schema/events/messaging/notice-due.v1';
import { streams } from '@ranselpost/schema/events/streams';
import { exportJWK, generateKeyPair } from 'jose';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type World, openWorld } from './world.ts';

let nats: TestBus;
let world: World;
let wire: Outage;
let env: Record<string, string>;
beforeAll(async () => {
  nats = await testBus();
  world = await openWorld(nats.url, { isHearing: false });
  wire = await cuttable(world.database.url);
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const ring = ({ keys }: KeyRing): string => `k1:${Buffer.from(keys.get('k1')!).toString('base64')}`;
  env = {
    ...{ PATH: process.env['PATH'] ?? '', HOST: '127.0.0.1', LOG_LEVEL: 'error' },
    ...{ OPS_PORT: String(await freePort()), DATABASE_URL: wire.url, NATS_URL: nats.url },
    ...{ CONTACT_KEYS: ring(world.contactKeys), LEASE_MS: '1500' },
    OUTBOUND_OPEN_KEYS: JSON.stringify({ keys: [...world.pair.privateKeys.values()] }),
    // Whoever takes letters and cases is away throughout: nobody else waits for them.
    ...{
      FIKS_INTEGRATION_ID: newId(),
      FIKS_INTEGRATION_PASSWORD: 'x',
      MUNICIPALITY_NAME: 'Tingvika kommune',
      FILE_FOLDER: '/nowhere',
    },
    ...{ SVARUT_URL: 'http://127.0.0.1:9/api', SVARUT_ACCOUNT_ID: newId(), FIKS_IO_ACCOUNT_ID: newId() },
    ...{ FIKS_IO_URL: 'http://127.0.0.1:9/api', FIKS_IO_AMQP_URL: 'amqp://127.0.0.1:9' },
    ...{ FIKS_IO_KEY: 'x', FIKS_IO_CERTIFICATE: 'x', ARCHIVE_ACCOUNT_ID: newId(), ARCHIVE_CERTIFICATE: 'x' },
    ...{
      PORTAL_URL: 'https://ranselpost.example.test',
      QUIET_HOURS: '00:00-00:00',
      ACCESS_MAX_STALENESS: '10',
    },
    ...{ SMTP_HOST: '127.0.0.1', SMTP_PORT: String(world.mailPort), SMTP_TLS: 'unverified' },
    ...{ SMTP_USER: world.login.user, SMTP_PASSWORD: world.login.password, MAIL_FROM: 'a@example.test' },
    ...{
      ALTINN_URL: world.sinkUrl,
      MASKINPORTEN_ISSUER: world.issuer,
      MASKINPORTEN_CLIENT_ID: 'notification',
    },
    MASKINPORTEN_KEY: JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'k1' }),
    ...{ VAPID_KEY: Buffer.alloc(32, 1).toString('base64'), VAPID_CONTACT: 'mailto:a@example.test' },
    PUSH_ORIGINS: world.sinkUrl,
  };
});
afterAll(async () => {
  await wire.close();
  await world.close();
  await nats.close();
});

/** The service as it is started everywhere. `kill` is what a power cut does to it. */
function start() {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main], { env: { ...compiled, ...env }, stdio: 'inherit' });
  const gone = once(child, 'exit');
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

const perWay = 40;

test('whatever is killed, cut or away at whichever moment, everybody is told once by each way as promised, and nobody is forgotten (S-21, S-25)', async () => {
  const people = Array.from({ length: 3 * perWay }, (_none, place) => ({
    personId: newId(),
    way: place % 3,
  }));
  const [unitId, childId] = [newId(), newId()];
  await world.facts.enrolments(childId, [{ unitId }]);
  await world.facts.guardians(
    childId,
    people.map(({ personId }) => personId),
  );
  await world.facts.features(unitId, [
    { feature: 'NOTICES', state: 'OPEN' },
    { feature: 'MESSAGING', state: 'OPEN' },
  ]);
  for (const [place, { personId, way }] of people.entries()) {
    const mobile = { value: `+47900${String(place).padStart(5, '0')}`, verifiedAt: null };
    await world.contact(personId, way === 0 ? {} : { email: null, mobile: way === 1 ? mobile : null });
    if (way !== 2) continue;
    const device = await world.device(personId);
    const subscriptionId = newId();
    await world.facts.tell(pushSubscriptionChangedV1, {
      ...{ subscriptionId, personId, capacity: 'guardian', sealed: await device.sealed(subscriptionId) },
    });
  }

  const bus = await connectBus(nats.url, 'messaging', createLog('messaging', 'error'));
  await ensureStream(
    await bus.manager(),
    streams.find(({ name }) => name === 'messaging')!,
  );
  const noticeId = newId();
  const due = fact(noticeDueV1, {
    ...{ noticeId, category: 'MESSAGE', importance: 'ORDINARY', unitId, subjectId: newId() },
    occurredAt: new Date().toISOString(),
    recipients: people.map(({ personId }) => ({
      personId,
      capacity: 'guardian' as const,
      childIds: [childId],
    })),
  });
  // Told twice, as whoever tells may do after a crash of its own.
  for (const seq of [1, 2]) {
    const time = new Date().toISOString();
    const envelope = { specversion: '1.0', id: newId(), source: 'messaging', time, seq };
    await bus.stream.publish(
      due.type,
      JSON.stringify({ ...envelope, datacontenttype: 'application/json', ...due }),
    );
  }

  // Each mail, order and push takes so long that something is under way whenever the worker dies.
  await world.fault({ kind: 'slow', ms: 100, times: null });
  await world.fault({ kind: 'latency', ms: 300, times: null, rate: 0.5, endpoint: 'orders' });
  await world.fault({ kind: 'latency', ms: 300, times: null, rate: 0.5, endpoint: 'push' });
  await world.fault({ kind: 'error', status: 503, times: 10, endpoint: 'push' });
  await world.fault({ kind: 'cut', times: 3 });

  const open = async (): Promise<number> => {
    const [row] = await world.database.admin`
      select (count(*) filter (where state <> 'DONE'))::int + ${people.length} - count(*)::int as open from notice`;
    return Number(row!['open']);
  };
  let service = start();
  let kills = 0;
  try {
    await eventually(async () => expect(await open()).toBeLessThan(people.length), 90_000);
    for (; kills < 4 && (await open()) > 0; kills += 1) {
      await sleep(100 + 300 * Math.random());
      if (kills === 1) await world.closeMail();
      if (kills === 2) wire.cut();
      await service.kill();
      service = start();
      const left = await open();
      if (kills === 1) await world.openMail();
      if (kills === 2) wire.mend();
      // It gets somewhere before it dies again.
      await eventually(async () => expect(await open()).toBeLessThanOrEqual(Math.max(0, left - 1)), 90_000);
    }
    await eventually(async () => expect(await open()).toBe(0), 90_000);
  } finally {
    await service.kill();
    await bus.close();
  }
  expect(kills).toBeGreaterThan(1);
  const reasons = await world.database.admin`select distinct reason from notice`;
  expect(reasons.map(({ reason }) => String(reason))).toEqual(['TOLD']);
  const counts = world.sink.box.counts();
  for (const channel of ['EMAIL', 'SMS', 'PUSH']) expect(counts[channel]!.different, channel).toBe(perWay);
  // Asked for the second time, Altinn answers with the first; only mail and push can come again, and under the same name.
  expect(counts['SMS']!.taken).toBe(perWay);
  const receivers = world.sink.box.list().map(({ channel, to }) => `${channel} ${to}`);
  expect(new Set(receivers).size).toBe(3 * perWay);
  const [proof] = await world.database.admin`
    select count(*)::int as count from delivery where state in ('ACCEPTED', 'DELIVERED')`;
  expect(proof!['count']).toBe(3 * perWay);
}, 300_000);
