import { connectBus } from '@ranselpost/kit/bus';
import { consume } from '@ranselpost/kit/consume';
import { openDatabase } from '@ranselpost/kit/database';
import { holdLease } from '@ranselpost/kit/lease';
import { checkMigrated, eventMigrations } from '@ranselpost/kit/migrate';
import { startRelay } from '@ranselpost/kit/relay';
import { runPart } from '@ranselpost/kit/service';
import { streams } from '@ranselpost/schema/events/streams';
import { openFreg } from './clients/freg/index.ts';
import { openKrr } from './clients/krr/index.ts';
import { openMaskinporten } from '@ranselpost/kit/outside/maskinporten';
import { openUnitRegisters } from './clients/units/index.ts';
import { config } from './config.ts';
import { askForTheList } from './events/ask-for-the-list.ts';
import { onAddressWanted } from './events/on-address-wanted.ts';
import { onPersonErased } from './events/on-person-erased.ts';
import { onPersonFollowed } from './events/on-person-followed.ts';
import { onPersonUnfollowed } from './events/on-person-unfollowed.ts';
import { onSnapshotStarted } from './events/on-snapshot-started.ts';
import { registryMigrations } from './migrations.ts';
import { keepAnsweringAddresses } from './usecases/answer-addresses.ts';
import { exposeFigures } from './usecases/metrics.ts';
import { followRegisters } from './usecases/follow-registers.ts';
import { startOver } from './usecases/start-over.ts';

await runPart('registry', config, async (env, life) => {
  const { log } = life;
  const keys = {
    numbers: env.NUMBER_KEYS,
    lookup: env.NUMBER_LOOKUP_KEY,
    seals: env.SEAL_KEYS,
    contacts: env.CONTACT_KEYS,
  };

  const db = openDatabase({ service: 'registry', url: env.DATABASE_URL });
  life.onStop('database', db.close);
  life.ready('database', db.ping);
  life.ready('migrations', await checkMigrated(db, [eventMigrations, registryMigrations]));
  exposeFigures(db);

  const bus = await connectBus(env.NATS_URL, 'registry', log);
  life.onStop('bus', bus.close);
  life.ready('bus', bus.ping);

  const tokens = openMaskinporten({
    issuer: env.MASKINPORTEN_ISSUER,
    clientId: env.MASKINPORTEN_CLIENT_ID,
    key: env.MASKINPORTEN_KEY,
  });
  life.onStop('maskinporten', tokens.close);
  const freg = openFreg({
    base: env.FREG_URL,
    roleId: env.FREG_ROLE_ID,
    scope: env.FREG_SCOPE,
    integrationId: env.FIKS_INTEGRATION_ID,
    integrationPassword: env.FIKS_INTEGRATION_PASSWORD,
    tokens,
  });
  life.onStop('freg', freg.close);
  const krr = openKrr({
    base: env.KRR_URL,
    scope: env.KRR_SCOPE,
    changesScope: env.KRR_CHANGES_SCOPE,
    tokens,
  });
  life.onStop('krr', krr.close);

  const units = openUnitRegisters({
    nsrBase: env.NSR_URL,
    nbrBase: env.NBR_URL,
    brregBase: env.BRREG_URL,
    municipality: {
      number: env.MUNICIPALITY_NUMBER,
      organisationNumber: env.MUNICIPALITY_ORGANISATION,
    },
    pollMs: env.UNIT_POLL_INTERVAL_MS,
  });
  life.onStop('units', units.close);

  const relay = startRelay({
    db,
    bus,
    log,
    plan: streams.find(({ name }) => name === 'registry')!,
    onRestored: async () => startOver,
  });
  life.onStop('relay', relay.stop);

  const follow = { keys, series: env.NUMBER_SERIES };
  const followList = consume({
    db,
    bus,
    log,
    stream: 'identity',
    consumer: 'registry-follow-list',
    handlers: [onPersonFollowed(follow), onPersonUnfollowed, onPersonErased, onSnapshotStarted],
  });
  life.onStop('follow list', followList.stop);
  life.onStop('asking for the list', askForTheList(db, bus));

  const awaken = new Set<() => void>();
  const listen = (): Promise<void> =>
    db
      .listen('due', () => awaken.forEach((call) => call()))
      .catch(async (error: unknown) => {
        log.warn('cannot listen to who is due', { error });
        setTimeout(() => void listen(), 1_000).unref();
      });
  await listen();
  const deps = {
    db,
    log,
    keys,
    freg,
    krr,
    units,
    municipality: env.MUNICIPALITY_NUMBER,
    contactRefreshMs: env.CONTACT_REFRESH_INTERVAL_MS,
    mostTries: env.READING_TRIES,
    reconciliationSample: env.RECONCILIATION_SAMPLE,
  };
  const registers = holdLease({ databaseUrl: env.DATABASE_URL, name: 'registers', log }, async (signal) => {
    awaken.clear();
    await followRegisters(
      {
        deps,
        pollIntervalMs: env.FEED_POLL_INTERVAL_MS,
        contactPollIntervalMs: env.CONTACT_POLL_INTERVAL_MS,
        onDue: (call) => awaken.add(call),
      },
      signal,
    );
  });
  life.onStop('registers', registers.stop);

  const orders = consume({
    ...{ db, bus, log, stream: 'notification', consumer: 'registry-addresses' },
    handlers: [onAddressWanted],
  });
  life.onStop('address orders', orders.stop);
  const addresses = holdLease({ databaseUrl: env.DATABASE_URL, name: 'addresses', log }, (signal) =>
    keepAnsweringAddresses(deps, Math.min(env.FEED_POLL_INTERVAL_MS, 5_000), signal),
  );
  life.onStop('addresses', addresses.stop);
});
