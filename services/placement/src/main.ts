import { closeRestoredCopy, startAccessCopy } from '@ranselpost/kit/access-copy';
import { remoteActorVerifier } from '@ranselpost/kit/actor-token';
import { connectBus } from '@ranselpost/kit/bus';
import { consume } from '@ranselpost/kit/consume';
import { openDatabase } from '@ranselpost/kit/database';
import { openFiles } from '@ranselpost/kit/files/config';
import { createLinks } from '@ranselpost/kit/files/links';
import { fileRoutes } from '@ranselpost/kit/files/routes';
import { newId, newUntimedId } from '@ranselpost/kit/ids';
import { checkMigrated } from '@ranselpost/kit/migrate';
import { startRelay } from '@ranselpost/kit/relay';
import { seesByCopy } from '@ranselpost/kit/seen';
import { runPart } from '@ranselpost/kit/service';
import { readTypeDefs, startSubgraph } from '@ranselpost/kit/subgraph';
import { erasureAcknowledgedV1 } from '@ranselpost/schema/events/placement/erasure-acknowledged.v1';
import { streams } from '@ranselpost/schema/events/streams';
import { randomBytes } from 'node:crypto';
import { configSchema } from './config.ts';
import { onArchiveEntryFiled } from './events/on-archive-entry-filed.ts';
import { onChildDescribed } from './events/on-child-described.ts';
import { tendDocuments } from './events/tend-documents.ts';
import { startTimer } from './events/timer.ts';
import { contextFor } from './graphql/context.ts';
import { resolvers } from './graphql/index.ts';
import { migrations } from './migrations.ts';
import { exposeArchiveFigures } from './usecases/archive-appeal.ts';
import { erasePerson } from './usecases/erase-person.ts';
import { purgePerson } from './usecases/purge-person.ts';
import { considerAnew } from './usecases/tell-considered.ts';
import { exposeLetterFigures } from './usecases/write-letters.ts';
import { giveDocument } from './usecases/read-claim-documents.ts';
import { takeDocument } from './usecases/take-document.ts';

const service = 'placement';

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
    onRestored: async () => async (tx) => {
      await closeRestoredCopy(tx);
      await considerAnew(tx);
    },
  });
  life.onStop('relay', relay.stop);
  startAccessCopy({
    ...{ service, db, bus, life, maxStaleness },
    erasure: { acknowledged: erasureAcknowledgedV1, erase: erasePerson },
    purge: purgePerson,
    facts: [onChildDescribed(config.PLACEMENT_OPEN_KEYS)],
  });

  const deps = {
    ...{ db, newId, newUntimedId, now: () => new Date(), newSeed: () => randomBytes(32).toString('hex') },
    ...{ priceLists: config.PLACE_PRICES, yearBegins: config.KINDERGARTEN_YEAR_BEGINS },
    ...{ letterRules: config.ADMISSION_LETTERS, outboundKey: config.OUTBOUND_SEAL_KEY },
    ...{ files: openFiles(config), links: createLinks(config.FILE_KEYS) },
  };
  const archive = consume({
    ...{ db, bus, log: life.log, stream: 'notification', consumer: 'placement-archive' },
    handlers: [onArchiveEntryFiled],
  });
  life.onStop('archive', archive.stop);
  exposeArchiveFigures(db);
  startTimer({ ...deps, maxStaleness }, life);
  tendDocuments(deps, life);
  exposeLetterFigures(db);
  await startSubgraph({
    host: config.HOST,
    port: config.PORT,
    life,
    typeDefs: await readTypeDefs(new URL('../../../schema/subgraphs/placement/', import.meta.url)),
    resolvers,
    verifyActor: remoteActorVerifier(config.ACTOR_ISSUER, service, new URL(config.GATEWAY_JWKS_URL)),
    seeing: seesByCopy(db),
    db,
    context: contextFor(deps),
    routes: fileRoutes({
      log: life.log,
      take: (actor, name, content) => takeDocument(deps, actor, name, content),
      give: (actor, link) => giveDocument(deps, actor, link),
    }),
  });
});
