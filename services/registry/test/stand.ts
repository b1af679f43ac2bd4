import { connectBus } from '@ranselpost/kit/bus';
import { newId } from '@ranselpost/kit/ids';
import { keyRing, secretKey } from '@ranselpost/kit/keys';
import { createLog } from '@ranselpost/kit/log';
import { eventMigrations } from '@ranselpost/kit/migrate';
import { open, seal } from '@ranselpost/kit/seal';
import { type TestBus, testBus } from '@ranselpost/kit/testing/bus';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { type IdentityFacts, identityFacts } from '@ranselpost/kit/testing/identity-facts';
import { type DataOf, type Envelope, envelopeSchema } from '@ranselpost/schema/events/event';
import { personFollowedV1 } from '@ranselpost/schema/events/identity/person-followed.v1';
import { type ContactRecord, contactRecordSchema } from '@ranselpost/schema/events/registry/contact-record';
import { contactRecordedV2 } from '@ranselpost/schema/events/registry/contact-recorded.v2';
import { type PersonRecord, personRecordSchema } from '@ranselpost/schema/events/registry/person-record';
import { personRecordedV1 } from '@ranselpost/schema/events/registry/person-recorded.v1';
import {
  type UnitRecord,
  unitRecordSchema,
  unitRecordedV1,
} from '@ranselpost/schema/events/registry/unit-recorded.v1';
import { openFreg } from '../src/clients/freg/index.ts';
import { openKrr } from '../src/clients/krr/index.ts';
import { openMaskinporten } from '@ranselpost/kit/outside/maskinporten';
import { openUnitRegisters } from '../src/clients/units/index.ts';
import { registryMigrations } from '../src/migrations.ts';
import type { ReadDeps } from '../src/usecases/deps.ts';
import { freePort } from '@ranselpost/kit/testing/bus';
import { type Running, answers, run } from '@ranselpost/kit/testing/run';
import { type Registers, startRegisters } from './registers.ts';

const bytes = (letter: string): string => Buffer.alloc(32, letter).toString('base64');
const secrets = {
  NUMBER_KEYS: `n1:${bytes('n')}`,
  NUMBER_LOOKUP_KEY: bytes('l'),
  SEAL_KEYS: `s1:${bytes('s')}`,
  CONTACT_KEYS: `c1:${bytes('c')}`,
};
export const keys = {
  numbers: keyRing.parse(secrets.NUMBER_KEYS),
  lookup: secretKey.parse(secrets.NUMBER_LOOKUP_KEY),
  seals: keyRing.parse(secrets.SEAL_KEYS),
  contacts: keyRing.parse(secrets.CONTACT_KEYS),
};

export interface Worker extends Running {
  /** Value of a metric, without labels or with all of them written out. */
  metric(name: string): Promise<number>;
}

export interface Stand {
  readonly registers: Registers;
  readonly database: TestDatabase;
  readonly bus: TestBus;
  readonly identity: IdentityFacts;
  /** What the use cases get, for trying one of them alone. */
  readonly deps: ReadDeps;
  /** Starts the service as it is started anywhere. */
  startWorker(env?: Readonly<Record<string, string>>): Promise<Worker>;
  /** Tells as identity that somebody is followed. */
  follow(
    number: string,
    reason?: 'child' | 'guardian' | 'staff',
    personId?: string,
    more?: { readonly tellAgain?: boolean; readonly withResidence?: boolean },
  ): Promise<string>;
  /** All that the service has told, in order, as it stands on the stream. */
  told(): Promise<Envelope[]>;
  /** What was told of a person in Folkeregisteret, oldest first. */
  records(personId: string): Promise<(PersonRecord | null)[]>;
  contacts(personId: string): Promise<ContactRecord[]>;
  /** What was told of units, oldest first. */
  units(): Promise<(UnitRecord & { readonly revision: number; readonly readAt: string })[]>;
  killWorkers(): Promise<void>;
  close(): Promise<void>;
}

/** Registers, database, bus and identity's voice, for one test file; all of them real. */
export async function startStand(options: { readonly children?: number } = {}): Promise<Stand> {
  const [registers, database, bus] = await Promise.all([
    startRegisters(options),
    testDatabase('registry', [eventMigrations, registryMigrations]),
    testBus(),
  ]);
  const identity = await identityFacts(bus.url);
  const log = createLog('stand', 'error');
  const listener = await connectBus(bus.url, 'listener', log);
  const workers: Worker[] = [];
  const env = registers.environment as Record<string, string>;
  const tokens = openMaskinporten({
    issuer: env['MASKINPORTEN_ISSUER']!,
    clientId: env['MASKINPORTEN_CLIENT_ID']!,
    key: JSON.parse(env['MASKINPORTEN_KEY']!),
  });
  const freg = openFreg({
    base: env['FREG_URL']!,
    roleId: env['FREG_ROLE_ID']!,
    scope: env['FREG_SCOPE']!,
    integrationId: env['FIKS_INTEGRATION_ID']!,
    integrationPassword: env['FIKS_INTEGRATION_PASSWORD']!,
    tokens,
  });
  const krr = openKrr({
    base: env['KRR_URL']!,
    scope: env['KRR_SCOPE']!,
    changesScope: env['KRR_CHANGES_SCOPE'],
    tokens,
  });

  const units = openUnitRegisters({
    nsrBase: env['NSR_URL']!,
    nbrBase: env['NBR_URL']!,
    brregBase: env['BRREG_URL']!,
    municipality: {
      number: env['MUNICIPALITY_NUMBER']!,
      organisationNumber: env['MUNICIPALITY_ORGANISATION']!,
    },
    pollMs: 86_400_000,
  });

  const told = async (): Promise<Envelope[]> => {
    const manager = await listener.manager();
    const { state } = await manager.streams
      .info('registry')
      .catch(() => ({ state: { first_seq: 1, last_seq: 0 } }));
    const envelopes: Envelope[] = [];
    for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq += 1) {
      const message = await manager.streams.getMessage('registry', { seq });
      if (message !== null) envelopes.push(envelopeSchema.parse(message.json()));
    }
    return envelopes;
  };
  const sealedOf = async (type: string, personId: string): Promise<string[]> =>
    (await told())
      .filter((envelope) => envelope.type === type && envelope.subject === personId)
      .map(({ data }) => (data as { sealed: string }).sealed);

  return {
    registers,
    database,
    bus,
    identity,
    deps: {
      db: database.db,
      log,
      keys,
      freg,
      krr,
      units,
      municipality: env['MUNICIPALITY_NUMBER']!,
      contactRefreshMs: 86_400_000,
      mostTries: 3,
      reconciliationSample: 10,
    },
    startWorker: async (more = {}) => {
      const port = await freePort();
      const base = `http://127.0.0.1:${port}`;
      const own = {
        HOST: '127.0.0.1',
        OPS_PORT: String(port),
        DATABASE_URL: database.url,
        NATS_URL: bus.url,
      };
      const settings = {
        NUMBER_SERIES: 'synthetic',
        FEED_POLL_INTERVAL_MS: '100',
        CONTACT_POLL_INTERVAL_MS: '200',
      };
      const running = await run(
        'services/registry/src/main.ts',
        { ...env, ...secrets, ...own, ...settings, ...more },
        () => answers(`${base}/readyz`),
      );
      const metric = async (name: string): Promise<number> => {
        const text = await (await fetch(`${base}/metrics`)).text();
        const line = text.split('\n').find((one) => one.startsWith(`${name} `));
        return line === undefined ? 0 : Number(line.slice(name.length + 1));
      };
      const worker = { ...running, metric };
      workers.push(worker);
      return worker;
    },
    follow: async (number, reason = 'child', personId = newId(), more = {}) => {
      const sealed = await seal(keys.seals, personId, { number });
      await identity.tell(personFollowedV1, { personId, reason, sealed, ...more });
      return personId;
    },
    told,
    records: async (personId) =>
      Promise.all(
        (await sealedOf(personRecordedV1.type, personId)).map((sealed) =>
          open(keys.seals, personId, sealed, personRecordSchema.nullable()),
        ),
      ),
    units: async () =>
      Promise.all(
        (await told())
          .filter(({ type }) => type === unitRecordedV1.type)
          .map(({ data }) => data as DataOf<typeof unitRecordedV1>)
          .map(async ({ unitKey, revision, readAt, sealed }) => ({
            ...(await open(keys.seals, unitKey, sealed, unitRecordSchema)),
            ...{ revision, readAt },
          })),
      ),
    contacts: async (personId) =>
      Promise.all(
        (await sealedOf(contactRecordedV2.type, personId)).map((sealed) =>
          open(keys.contacts, personId, sealed, contactRecordSchema),
        ),
      ),
    killWorkers: async () => void (await Promise.all(workers.splice(0).map((worker) => worker.kill()))),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.kill()));
      await Promise.all([freg.close(), krr.close(), units.close()]);
      await tokens.close();
      await identity.close();
      await listener.connection.close();
      await Promise.all([bus.close(), database.close(), registers.close()]);
    },
  };
}
