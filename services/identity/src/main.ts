import { remoteActorVerifier } from '@ranselpost/kit/actor-token';
import { connectBus } from '@ranselpost/kit/bus';
import { consume } from '@ranselpost/kit/consume';
import { openDatabase } from '@ranselpost/kit/database';
import { newId } from '@ranselpost/kit/ids';
import { untilCaughtUp } from '@ranselpost/kit/meet-stream';
import { checkMigrated } from '@ranselpost/kit/migrate';
import { startRelay } from '@ranselpost/kit/relay';
import { seesItself } from '@ranselpost/kit/seen';
import { runPart } from '@ranselpost/kit/service';
import { readTypeDefs, startSubgraph } from '@ranselpost/kit/subgraph';
import { streams } from '@ranselpost/schema/events/streams';
import { configSchema, toFuse, toNumbers } from './config.ts';
import { accessLogKeeper } from './events/access-log-keeper.ts';
import { atDayChange } from './events/at-day-change.ts';
import { childDescriber } from './events/child-describer.ts';
import { sendHeartbeat } from './events/heartbeat.ts';
import { noticeNameKeeper } from './events/notice-name-keeper.ts';
import { onArchiveEntryFiled } from './events/on-archive-entry-filed.ts';
import { onChildConsidered } from './events/on-child-considered.ts';
import { onChildRead } from './events/on-child-read.ts';
import { onContactRecorded } from './events/on-contact-recorded.ts';
import { informationDesk } from './events/information-desk.ts';
import { lostReading } from './events/lost-reading.ts';
import { onErasureAcknowledged } from './events/on-erasure-acknowledged.ts';
import { onDifferenceFound } from './events/on-difference-found.ts';
import { onFeedFollowed } from './events/on-feed-followed.ts';
import { onFeedInterrupted } from './events/on-feed-interrupted.ts';
import { onPersonRecorded } from './events/on-person-recorded.ts';
import { onProtectionAcknowledged } from './events/on-protection-acknowledged.ts';
import { onPushSubscriptionGone } from './events/on-push-subscription-gone.ts';
import { onReadingFailed } from './events/on-reading-failed.ts';
import { onResponsibilityAnnulled } from './events/on-responsibility-annulled.ts';
import { onSnapshotRequested } from './events/on-snapshot-requested.ts';
import { onUnitRecorded } from './events/on-unit-recorded.ts';
import { protectionKeeper } from './events/protection-keeper.ts';
import { retentionKeeper } from './events/retention-keeper.ts';
import { tendRegister } from './events/tend-register.ts';
import { whenRestored } from './events/when-restored.ts';
import { contextFor } from './graphql/context.ts';
import { formUnitsRoute } from './graphql/form-units-route.ts';
import { resolvers } from './graphql/index.ts';
import { signInRoute } from './graphql/sign-in-route.ts';
import { tabletRoutes } from './graphql/tablet-routes.ts';
import { migrations } from './migrations.ts';
import { keepRead } from './store/access-log.ts';
import type { GraphDeps } from './usecases/deps.ts';
import { exposeUnitFindings } from './usecases/read-unit-findings.ts';
import { exposeQuarantineFigures } from './usecases/let-through.ts';
import { exposeProtectionFigures } from './usecases/protection-figures.ts';
import { exposeReadingFigures } from './usecases/reading-figures.ts';
import { exposeRetentionFigures } from './usecases/retention-figures.ts';

const service = 'identity';

await runPart(service, configSchema, async (config, life) => {
  const { log } = life;
  const db = openDatabase({ service, url: config.DATABASE_URL, keepReads: keepRead });
  life.onStop('database', db.close);
  life.ready('database', db.ping);
  life.ready('migrations', await checkMigrated(db, migrations));
  const deps: GraphDeps = {
    ...{ db, log, newId, now: () => new Date() },
    numbers: toNumbers(config),
    fuse: toFuse(config),
    archiveKey: config.OUTBOUND_SEAL_KEY,
    placementKey: config.PLACEMENT_SEAL_KEY,
    pushKey: config.PUSH_PUBLIC_KEY,
  };

  const bus = await connectBus(config.NATS_URL, service, log);
  life.onStop('bus', bus.close);
  life.ready('bus', bus.ping);

  const plan = streams.find(({ name }) => name === service)!;
  const relay = startRelay({
    ...{ db, bus, log, plan },
    onRestored: whenRestored(deps),
    onDrained: { everyMs: config.HEARTBEAT_INTERVAL_MS, call: sendHeartbeat(deps, bus) },
  });
  life.onStop('relay', relay.stop);
  const erasures = onErasureAcknowledged(deps);
  const registry = consume({
    db,
    bus,
    log,
    stream: 'registry',
    consumer: 'identity-registry',
    handlers: [
      onPersonRecorded(deps),
      onReadingFailed(deps),
      onResponsibilityAnnulled(deps),
      onContactRecorded(deps),
      onFeedFollowed(deps),
      onFeedInterrupted(deps),
      onDifferenceFound(deps),
      onUnitRecorded(deps),
      erasures.registry,
    ],
    onDead: lostReading(deps),
  });
  life.onStop('registry', registry.stop);
  const concealed = onProtectionAcknowledged(deps);
  const reads = onChildRead(deps);
  const attendance = consume({
    ...{ db, bus, log, stream: 'attendance', consumer: 'identity-attendance' },
    handlers: [reads.attendance, erasures.attendance, concealed.attendance],
  });
  life.onStop('attendance', attendance.stop);
  const messaging = consume({
    ...{ db, bus, log, stream: 'messaging', consumer: 'identity-messaging' },
    handlers: [reads.messaging, erasures.messaging, concealed.messaging],
  });
  life.onStop('messaging', messaging.stop);
  const placement = consume({
    ...{ db, bus, log, stream: 'placement', consumer: 'identity-placement' },
    handlers: [reads.placement, erasures.placement, concealed.placement, onChildConsidered(deps)],
  });
  life.onStop('placement', placement.stop);
  const notification = consume({
    ...{ db, bus, log, stream: 'notification', consumer: 'identity-notification' },
    handlers: [erasures.notification, concealed.notification, onPushSubscriptionGone(deps)],
  });
  life.onStop('notification', notification.stop);
  const archive = consume({
    ...{ db, bus, log, stream: 'notification', consumer: 'identity-archive' },
    handlers: [onArchiveEntryFiled(deps)],
  });
  life.onStop('archive', archive.stop);
  accessLogKeeper(deps, life, config.STAFF_READING_BUDGET);
  exposeReadingFigures(db);
  exposeUnitFindings(db);
  exposeRetentionFigures(db);
  exposeQuarantineFigures(db);
  exposeProtectionFigures(db);
  onSnapshotRequested(deps, bus, life);
  atDayChange(deps, life);
  tendRegister(deps, life);
  informationDesk(deps, life);
  retentionKeeper(deps, life);
  protectionKeeper(deps, life);
  noticeNameKeeper(deps, life);
  childDescriber(deps, life);

  await untilCaughtUp({ db, bus, log, plan });
  await startSubgraph({
    host: config.HOST,
    port: config.PORT,
    life,
    typeDefs: await readTypeDefs(new URL('../../../schema/subgraphs/identity/', import.meta.url)),
    resolvers,
    verifyActor: remoteActorVerifier(config.ACTOR_ISSUER, service, new URL(config.GATEWAY_JWKS_URL)),
    seeing: seesItself(db),
    db,
    context: contextFor(deps),
    routes: (...given) => {
      signInRoute(deps)(...given);
      formUnitsRoute(deps)(...given);
      tabletRoutes(deps)(...given);
    },
  });
});
