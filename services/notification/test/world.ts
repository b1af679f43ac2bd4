import { closeRestoredCopy, startAccessCopy } from '@ranselpost/kit/access-copy';
import { connectBus } from '@ranselpost/kit/bus';
import { newId } from '@ranselpost/kit/ids';
import type { KeyRing } from '@ranselpost/kit/keys';
import { openMaskinporten } from '@ranselpost/kit/outside/maskinporten';
import { startRelay } from '@ranselpost/kit/relay';
import { seal, sealFor } from '@ranselpost/kit/seal';
import { freePort } from '@ranselpost/kit/testing/bus';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { type IdentityFacts, identityFacts } from '@ranselpost/kit/testing/identity-facts';
import { sealPair } from '@ranselpost/kit/testing/seal-pair';
import { testLife } from '@ranselpost/kit/testing/life';
import { buildSink } from '@ranselpost/infra/simulators/sink/app';
import { erasureAcknowledgedV1 } from '@ranselpost/schema/events/notification/erasure-acknowledged.v1';
import type { ContactRecord } from '@ranselpost/schema/events/registry/contact-record';
import { streams } from '@ranselpost/schema/events/streams';
import { exportJWK, generateKeyPair } from 'jose';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openMail } from '../src/clients/mail/index.ts';
import { openPush } from '../src/clients/push/index.ts';
import { openSms } from '../src/clients/sms/index.ts';
import type { Senders } from '../src/clients/sender.ts';
import { onAccessRevoked } from '../src/events/on-access-revoked.ts';
import { onDecisionOpened } from '../src/events/on-decision-opened.ts';
import { onDecisionReleased } from '../src/events/on-decision-released.ts';
import { onNoticeNameChanged } from '../src/events/on-notice-name-changed.ts';
import { onProtectionReleased } from '../src/events/on-protection-released.ts';
import { onPushSubscriptionChanged } from '../src/events/on-push-subscription-changed.ts';
import { onSettingsChanged } from '../src/events/on-settings-changed.ts';
import { migrations } from '../src/migrations.ts';
import type { Deps } from '../src/usecases/deps.ts';
import { erasePerson, shieldPerson } from '../src/usecases/forget-person.ts';
import { keepSending } from '../src/usecases/keep-sending.ts';
import { keepContact, keepContactsUpTo } from '../src/usecases/keep-people.ts';

const ring = (): KeyRing => ({ current: 'k1', keys: new Map([['k1', randomBytes(32)]]) });

/** Gives machine tokens to whoever asks; the sink believes them by its keys. */
async function tokenIssuer(): Promise<{ url: string; stop: () => void }> {
  const { startTokenIssuer } = await import('@ranselpost/infra/simulators/common/testing');
  const inner = await startTokenIssuer();
  const server = createServer((request, response) => {
    void (async () => {
      const { port } = server.address() as AddressInfo;
      const issuer = `http://127.0.0.1:${port}/`;
      response.setHeader('content-type', 'application/json');
      if (request.url?.startsWith('/.well-known') === true)
        return response.end(
          JSON.stringify({ issuer, token_endpoint: `${issuer}token`, jwks_uri: `${inner.issuer}jwk` }),
        );
      const token = await inner.sign('altinn:serviceowner/notifications.create', { issuer });
      return response.end(JSON.stringify({ access_token: token, expires_in: 119 }));
    })();
  }).listen(0, '127.0.0.1');
  await eventually(() => {
    if (server.address() === null) throw new Error('not yet');
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () => {
      server.close();
      inner.stop();
    },
  };
}

/** Where mail of the test goes back to. */
export const bounceDomain = 'returned.example.test';

export interface Worker {
  /** Asks it to stop, and waits until it has. */
  stop(): Promise<void>;
}

export type World = Awaited<ReturnType<typeof openWorld>>;

/** Takes in what others tell, as main.ts does. Answers how to stop. */
async function hear({
  busUrl,
  database: { db },
  life,
}: {
  readonly busUrl: string;
  readonly database: TestDatabase;
  readonly life: ReturnType<typeof testLife>;
}): Promise<() => Promise<void>> {
  const bus = await connectBus(busUrl, 'notification', life.log);
  const relay = startRelay({
    ...{ db, bus, log: life.log, plan: streams.find(({ name }) => name === 'notification')! },
    onRestored: async () => closeRestoredCopy,
  });
  startAccessCopy({
    ...{ service: 'notification', db, bus, life, maxStaleness: 10 },
    handlers: [
      onSettingsChanged,
      onNoticeNameChanged,
      onPushSubscriptionChanged,
      onAccessRevoked,
      onProtectionReleased,
      onDecisionReleased,
      onDecisionOpened,
    ],
    erasure: { acknowledged: erasureAcknowledgedV1, erase: erasePerson },
    purge: shieldPerson,
  });
  return async () => {
    await life.stop();
    await relay.stop();
    await bus.close();
  };
}

/** Notification against real Postgres, NATS, SMTP, Altinn and a push service, with somebody who speaks as identity does. */
export async function openWorld(busUrl: string, { isHearing = true } = {}) {
  const life = testLife('error');
  const database: TestDatabase = await testDatabase('notification', migrations);
  const facts: IdentityFacts = await identityFacts(busUrl);
  const issuer = await tokenIssuer();
  const login = { user: 'ranselpost', password: 'let me in' };
  const mailPort = await freePort();
  let sinkUrl = '';
  const sink = buildSink({
    ...{ maskinportenIssuer: issuer.url, login, host: '127.0.0.1', mailPort },
    publicUrl: () => sinkUrl,
  });
  sinkUrl = await sink.app.listen({ port: 0, host: '127.0.0.1' });
  let relay = await sink.openMail();

  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const tokens = openMaskinporten({
    ...{ issuer: issuer.url, clientId: 'notification' },
    key: { ...(await exportJWK(privateKey)), kid: 'k1' },
  });
  const contactKeys = ring();
  const pair = sealPair();
  const senders: Senders = {
    EMAIL: openMail({
      ...{ host: '127.0.0.1', port: mailPort, isImplicitTls: false, isVerified: false },
      ...{ ...login, from: 'Ranselpost <ikke-svar@example.test>', bounceDomain, connections: 5 },
    }),
    SMS: openSms({
      ...{ base: sinkUrl, scope: 'altinn:serviceowner/notifications.create', sender: 'Ranselpost' },
      ...{ tokens, connections: 8 },
    }),
    PUSH: openPush({
      ...{ key: randomBytes(32).fill(1, 0, 1), contact: 'mailto:a@example.test' },
      ...{ origins: [sinkUrl], connections: 8 },
    }),
  };
  const deps: Deps = {
    ...{
      db: database.db,
      log: life.log,
      newId,
      now: () => new Date(),
      contactKeys,
      openKeys: pair.privateKeys,
    },
    senders,
    quietHours: { from: '00:00', to: '00:00' },
    portal: { name: 'Ranselpost', url: 'https://ranselpost.example.test' },
    ...{ maxStaleness: 10, leaseMs: 3_000 },
    patience: { secondNoticeHours: 48, paperHours: 168 },
  };

  const stopHearing = isHearing ? await hear({ busUrl, database, life }) : async () => {};
  facts.beat();
  await eventually(async () => {
    const failing = await life.failing();
    if (failing.length > 0) throw new Error(failing.join());
  });

  return {
    ...{ life, database, facts, sink, deps, contactKeys, pair, sinkUrl, mailPort, login },
    issuer: issuer.url,
    closeMail: () => relay.close(),
    openMail: async () => {
      relay = await sink.openMail();
    },
    /** The register has been read for somebody: reached at these, fresh. */
    contact: async (personId: string, given: Partial<ContactRecord> = {}): Promise<void> => {
      const at = new Date().toISOString();
      const record: ContactRecord = {
        ...{ isReserved: false, status: 'ACTIVE', mayBeNotified: true, language: 'nb', hasMailbox: false },
        email: { value: `${personId}@example.test`, verifiedAt: at },
        mobile: null,
        ...given,
      };
      const sealed = await seal(contactKeys, personId, record);
      await database.db.asService(async (tx) => {
        await keepContact(tx, { personId, revision: Date.now(), readAt: at, sealed });
        await keepContactsUpTo(tx, at);
      });
    },
    /** A browser of theirs subscribes. */
    device: async (personId: string) => {
      const answer = await fetch(`${sinkUrl}/control/push-subscriptions`, { method: 'POST' });
      const { id, endpoint, keys } = (await answer.json()) as { id: string; endpoint: string; keys: object };
      return {
        id,
        sealed: (subscriptionId: string) => sealFor(pair.publicKey, subscriptionId, { endpoint, keys }),
        personId,
      };
    },
    fault: (given: object) =>
      fetch(`${sinkUrl}/control/faults`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
        body: JSON.stringify(given),
      }),
    /** A worker that sends, as one replica does. */
    worker: (): Worker => {
      const stopping = new AbortController();
      const onWake = (call: () => void): void => void deps.db.listen('notice', call).catch(() => {});
      const running = keepSending(deps, { signal: stopping.signal, onWake });
      return {
        stop: async () => {
          stopping.abort();
          await running;
        },
      };
    },
    close: async () => {
      await stopHearing();
      facts.silence();
      for (const sender of Object.values(senders)) await sender.close();
      await tokens.close();
      await relay.close();
      await sink.app.close();
      issuer.stop();
      await facts.close();
      await database.close();
    },
  };
}
