import { closeRestoredCopy, startAccessCopy } from '@ranselpost/kit/access-copy';
import { remoteActorVerifier } from '@ranselpost/kit/actor-token';
import { calendarRoutes } from '@ranselpost/kit/calendar-routes';
import { connectBus } from '@ranselpost/kit/bus';
import { consume } from '@ranselpost/kit/consume';
import { openDatabase } from '@ranselpost/kit/database';
import { openFiles } from '@ranselpost/kit/files/config';
import { createLinks } from '@ranselpost/kit/files/links';
import { fileRoutes } from '@ranselpost/kit/files/routes';
import { newId } from '@ranselpost/kit/ids';
import { checkMigrated } from '@ranselpost/kit/migrate';
import { startRelay } from '@ranselpost/kit/relay';
import { seesByCopy } from '@ranselpost/kit/seen';
import { runPart } from '@ranselpost/kit/service';
import { readTypeDefs, startSubgraph } from '@ranselpost/kit/subgraph';
import { erasureAcknowledgedV1 } from '@ranselpost/schema/events/messaging/erasure-acknowledged.v1';
import { streams } from '@ranselpost/schema/events/streams';
import { configSchema } from './config.ts';
import { tendFiles } from './events/tend-files.ts';
import { archiveDesk } from './events/archive-desk.ts';
import { onArchiveEntryFiled } from './events/on-archive-entry-filed.ts';
import { startTimer } from './events/timer.ts';
import { contextFor } from './graphql/types.ts';
import { resolvers } from './graphql/index.ts';
import { migrations } from './migrations.ts';
import { giveCalendar, giveCalendarAt } from './usecases/calendar.ts';
import { purgeDrafts } from './usecases/drop-drafts.ts';
import { erasePerson } from './usecases/erase-person.ts';
import { giveFile } from './usecases/read-attachments.ts';
import { takeFile } from './usecases/take-file.ts';
import { exposeArchiveFigures } from './usecases/seal-for-archive.ts';

const service = 'messaging';

await runPart(service, configSchema, async (config, life) => {
  const maxStaleness = config.ACCESS_MAX_STALENESS;
  const db = openDatabase({ service, url: config.DATABASE_URL, maxStaleness });
  life.onStop('database', db.close);
  life.ready('database', db.ping);
  life.ready('migrations', await checkMigrated(db, migrations));

  const bus = await connectBus(config.NATS_URL, service, life.log);
  life.onStop('bus', bus.close);
  life.ready('bus', bus.ping);

  const relay = startRelay({
    ...{ db, bus, log: life.log, plan: streams.find(({ name }) => name === service)! },
    onRestored: async () => closeRestoredCopy,
  });
  life.onStop('relay', relay.stop);
  startAccessCopy({
    ...{ service, db, bus, life, maxStaleness },
    erasure: { acknowledged: erasureAcknowledgedV1, erase: erasePerson },
    purge: purgeDrafts,
  });

  const files = openFiles(config);
  const links = createLinks(config.FILE_KEYS);
  const deps = {
    db,
    newId,
    now: () => new Date(),
    outboundKey: config.OUTBOUND_SEAL_KEY,
    files,
    links,
    draftDays: config.DRAFT_DAYS,
    guardLevels: config.GUARD_LEVELS,
  };
  exposeArchiveFigures(db);
  const archive = consume({
    ...{ db, bus, log: life.log, stream: 'notification', consumer: 'messaging-archive' },
    handlers: [onArchiveEntryFiled],
  });
  life.onStop('archive', archive.stop);
  archiveDesk(deps, life);
  startTimer({ ...deps, maxStaleness }, life);
  tendFiles(deps, life, config.NEWS_KEPT_DAYS);

  await startSubgraph({
    host: config.HOST,
    port: config.PORT,
    life,
    typeDefs: await readTypeDefs(new URL('../../../schema/subgraphs/messaging/', import.meta.url)),
    resolvers,
    verifyActor: remoteActorVerifier(config.ACTOR_ISSUER, service, new URL(config.GATEWAY_JWKS_URL)),
    seeing: seesByCopy(db),
    db,
    context: contextFor(deps),
    routes: (http, actorOf) => {
      fileRoutes({
        log: life.log,
        take: (actor, name, content) => takeFile(deps, actor, name, content),
        give: (actor, link) => giveFile(deps, actor, link),
      })(http, actorOf);
      calendarRoutes({
        log: life.log,
        own: (actor) => giveCalendar(deps, actor),
        at: (secret) => giveCalendarAt(deps, secret),
      })(http, actorOf);
    },
  });
});
