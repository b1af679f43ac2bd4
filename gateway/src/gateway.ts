import type { ActorSigner } from '@ranselpost/kit/actor-token';
import type { Bus } from '@ranselpost/kit/bus';
import type { Database } from '@ranselpost/kit/database';
import type { Life } from '@ranselpost/kit/service';
import { stopHttp } from '@ranselpost/kit/stop-http';
import { resolve } from 'node:path';
import { createCalendarService } from './calendar-service.ts';
import type { GatewayConfig } from './config.ts';
import { createExecutor } from './execution/executor.ts';
import { createFileService } from './file-service.ts';
import { createFormDirectory } from './form-directory.ts';
import { startGraph } from './graph.ts';
import { calendarRoutes } from './http/calendar-routes.ts';
import { contactFormsRoute } from './http/contact-forms-route.ts';
import { fileRoutes } from './http/file-routes.ts';
import { graphqlRoute } from './http/graphql-route.ts';
import { graphiqlPage } from './http/graphiql-page.ts';
import { healthRoutes } from './http/health-routes.ts';
import { keyRoutes } from './http/key-routes.ts';
import { liveRoute } from './http/live-route.ts';
import { loginRoutes } from './http/login-routes.ts';
import { logoutRoutes } from './http/logout-routes.ts';
import { countRates } from './http/rates.ts';
import { createServer } from './http/server.ts';
import { sessionRoutes } from './http/session-routes.ts';
import { tabletRoutes } from './http/tablet-routes.ts';
import { pageStyle } from './http/page.ts';
import { portalRoutes } from './http/portal-routes.ts';
import { createLimits } from './limits.ts';
import { followAccess } from './live/follow.ts';
import { watchSessions } from './live/watch-sessions.ts';
import { LiveStreams } from './live/streams.ts';
import { createFindPerson } from './login/identity-client.ts';
import { loginIssuers, staffAssurance } from './login/issuers.ts';
import { createMachineTokens } from './machine-tokens.ts';
import { readOperations } from './operations.ts';
import { createSessions } from './sessions.ts';
import * as knownBrowsers from './store/known-browsers.ts';
import * as logins from './store/logins.ts';
import * as sessionStore from './store/sessions.ts';
import { readSupergraph, subgraphNames } from './supergraph.ts';
import { createTablets } from './tablets.ts';

export interface GatewayParts {
  readonly config: GatewayConfig;
  readonly life: Life;
  readonly db: Database;
  /** Fulfilled when the bus is first met; until then the graph answers and no live stream hears anything. */
  readonly bus: Promise<Bus>;
  readonly signer: ActorSigner;
}

const tidyMs = 60_000;

/** Puts the gateway together and opens its door. */
export async function startGateway({ config, life, db, bus, signer }: GatewayParts): Promise<void> {
  const { log } = life;
  const supergraph = await readSupergraph();
  const subgraphs = new Map([
    ['identity', new URL(config.IDENTITY_URL)],
    ['messaging', new URL(config.MESSAGING_URL)],
    ['attendance', new URL(config.ATTENDANCE_URL)],
    ['placement', new URL(config.PLACEMENT_URL)],
  ]);
  const missing = subgraphNames(supergraph).filter((name) => !subgraphs.has(name));
  if (missing.length > 0) throw new Error(`no address configured for ${missing.join(', ')}`);

  const executor = createExecutor({ supergraph, subgraphs, signer, log });
  life.onStop('subgraphs', executor.close);
  const graph = await startGraph(executor, config.INTROSPECTION === 'on', log);
  life.onStop('graph', graph.stop);
  const operations = await readOperations(graph.schema);

  const sessions = createSessions(db, {
    idleSeconds: config.SESSION_IDLE_SECONDS,
    maxSeconds: config.SESSION_MAX_SECONDS,
    atTablet: { idleSeconds: config.TABLET_IDLE_SECONDS, maxSeconds: config.TABLET_MAX_SECONDS },
  });
  await sessions.listen();
  const machineTokens = createMachineTokens({
    issuer: config.MASKINPORTEN_ISSUER,
    scopePrefix: config.MACHINE_SCOPE_PREFIX,
    audiences:
      config.MACHINE_AUDIENCE === undefined ? ['unspecified', config.PUBLIC_URL] : [config.MACHINE_AUDIENCE],
  });
  const tablets = createTablets(new URL(config.IDENTITY_URL), signer);
  life.onStop('tablets', tablets.close);
  const sources = { sessions, tablets, machineTokens };
  const deps = {
    db,
    sessions,
    issuers: loginIssuers(config),
    staffAssurance: staffAssurance(config),
    findPerson: createFindPerson(new URL(config.IDENTITY_URL), signer),
    log,
  };
  const streams = new LiveStreams(config.MAX_LIVE_STREAMS);
  const ownOrigin = new URL(config.PUBLIC_URL).origin;

  const http = await createServer({ trustedProxies: config.TRUSTED_PROXIES, log });
  const rates = await countRates(http, {
    perAddress: config.RATE_PER_ADDRESS,
    loginsPerAddress: config.RATE_LOGINS_PER_ADDRESS,
    perActor: config.RATE_PER_ACTOR,
  });
  healthRoutes(http, () => db.ping());
  keyRoutes(http, signer);
  graphqlRoute(http, {
    graph,
    operations,
    limits: createLimits(graph.schema, {
      maxCost: config.MAX_COST,
      introspection: config.INTROSPECTION === 'on',
    }),
    sources,
    rates,
    log,
    ownOrigin,
    browsersMaySend: config.OPERATIONS,
    maxConcurrent: config.MAX_CONCURRENT,
  });
  loginRoutes(http, { deps, rates, publicUrl: config.PUBLIC_URL, log });
  const directory = createFormDirectory(new URL(config.IDENTITY_URL), signer);
  contactFormsRoute(http, { directory, rates });
  sessionRoutes(http, { sessions, rates, ownOrigin });
  tabletRoutes(http, { tablets, sessions, rates, ownOrigin });
  logoutRoutes(http, { deps, rates, ownOrigin, log });
  const files = createFileService(new URL(config.MESSAGING_URL), 'messaging', signer);
  const documents = createFileService(new URL(config.PLACEMENT_URL), 'placement', signer);
  life.onStop('files', async () => {
    await files.close();
    await documents.close();
  });
  const services = { '/files': files, '/documents': documents };
  fileRoutes(http, { services, sources, rates, ownOrigin, maxAtOnce: config.MAX_FILES });
  const calendars = createCalendarService(new URL(config.MESSAGING_URL), 'messaging', signer);
  const days = createCalendarService(new URL(config.ATTENDANCE_URL), 'attendance', signer);
  life.onStop('calendars', async () => {
    await calendars.close();
    await days.close();
  });
  calendarRoutes(http, { calendars, days, sources, rates });
  liveRoute(http, { sources, streams, rates });
  await pageStyle(http);
  if (config.INTROSPECTION === 'on') graphiqlPage(http);
  if (config.PORTAL_FOLDER !== undefined) await portalRoutes(http, resolve(config.PORTAL_FOLDER));

  const stop = stopHttp(http);
  await http.listen({ host: config.HOST, port: config.PORT });
  life.onStop('http', stop);
  watchSessions({ life, sessions, streams });
  bus.then(
    (met) => followAccess({ db, bus: met, life, streams, tablets }),
    (error: unknown) => log.error('the bus cannot be used', { error }),
  );

  const tidy = setInterval(() => {
    db.asService(async (tx) => {
      await sessionStore.deleteExpired(tx, sessions.idleSeconds);
      await logins.deleteExpired(tx);
      await knownBrowsers.deleteForgotten(tx);
    }).catch((error: unknown) => log.warn('what has expired could not be deleted', { error }));
  }, tidyMs);
  life.onStop('tidying', () => clearInterval(tidy));
}
