import { createECDH } from 'node:crypto';
import { clientIds, fiks, mailUser, municipalityNumber, organisation, scopes } from './clients.ts';
import { opsDistance, type Part, type Surroundings } from './part.ts';
import { buildPortal } from './portal.ts';

type Variables = Readonly<Record<string, string>>;
type Environment = (where: Surroundings) => Variables;

/** Kept in one place: simulators, registry and gateway must mean the same issuer to the letter, the last stroke too. */
const maskinporten = (where: Surroundings): Variables => ({
  MASKINPORTEN_ISSUER: where.publicAddress('maskinporten', '/'),
});

function simulator(name: string, offset: number, environment: Environment = () => ({})): Part {
  return {
    name,
    kind: 'simulator',
    offset,
    main: `infra/simulators/${name}/main.ts`,
    environment: (where) => ({
      PUBLIC_URL: where.publicAddress(name),
      CLIENTS_FILE: `${where.dataDir}/simulators/clients.json`,
      POPULATION_CHILDREN: String(where.children),
      POPULATION_SEED: String(where.seed),
      STATE_DIR: `${where.dataDir}/simulators/${name}`,
      ...environment(where),
    }),
    after: [],
  };
}

function migration(name: string, folder: string): NonNullable<Part['migration']> {
  return {
    main: `${folder}/src/migrate.ts`,
    environment: (where) => ({ MIGRATION_DATABASE_URL: where.databaseUrl(name, `${name}_owner`) }),
  };
}

/** The relay for mail listens beside the sink's own port, as it speaks another protocol. */
const mailRelay = (where: Surroundings): { readonly host: string; readonly port: string } => {
  const { hostname, port } = new URL(where.address('sink'));
  return { host: hostname, port: String(Number(port) + 2) };
};

const pushKey = 'push signing key';
/** What browsers subscribe with: the public half of what pushes are signed with. */
const pushPublicKey = (where: Surroundings): string => {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(Buffer.from(where.secrets.key(pushKey), 'base64'));
  return pair.getPublicKey().toString('base64url');
};

type Service = Pick<Part, 'name'> &
  Partial<Pick<Part, 'offset' | 'opsOffset' | 'after'>> & { environment: Environment };

function service(given: Service): Part {
  const folder = `services/${given.name}`;
  return {
    ...given,
    kind: 'service',
    main: `${folder}/src/main.ts`,
    environment: (where) => ({ ...stores(where, given.name), ...given.environment(where) }),
    after: ['postgres', 'nats', ...(given.after ?? [])],
    migration: migration(given.name, folder),
  };
}

const stores = (where: Surroundings, name: string): Variables => ({
  DATABASE_URL: where.databaseUrl(name, name),
  NATS_URL: where.natsUrl(name),
});

const subgraph = (where: Surroundings): Variables => ({
  GATEWAY_JWKS_URL: where.address('gateway', '/.well-known/actor-keys'),
  ACTOR_ISSUER: where.publicAddress('gateway'),
  ACCESS_MAX_STALENESS: '10',
});

/** Shared by the only two that may hold national numbers. */
const sealKeys = (where: Surroundings): string => where.secrets.namedKey('seal key of identity and registry');

/** What leaves the municipality is sealed for whoever brings it out, by all who have something to send. */
const outboundKey = 'outbound seal key';
const outboundSealKey = (where: Surroundings): string =>
  JSON.stringify(where.secrets.publicJwk(outboundKey, 'ECDH-ES'));

/** What identity tells placement of children is sealed for placement. */
const placementKey = 'placement seal key';

/** Whoever brings files to the archive reads them where they lie, sealed for it. */
const fileFolder = (where: Surroundings): string => `${where.dataDir}/files/messaging`;

const numbers = (where: Surroundings, name: string): Variables => ({
  NUMBER_SERIES: 'synthetic',
  NUMBER_KEYS: where.secrets.namedKey(`number key of ${name}`),
  NUMBER_LOOKUP_KEY: where.secrets.key(`number look-up key of ${name}`),
  SEAL_KEYS: sealKeys(where),
});

/** What the invented municipality gives of leave from school: as Bergen's regulation of 2024 does. */
const leaveOfTheMunicipality = {
  rules: [
    {
      ...{ from: '2024-08-01', daysWithoutReason: 3, daysInAll: 10 },
      ...{ complaintTo: 'Statsforvalteren', writtenForm: 'nb' },
    },
  ],
};

/** What places cost in the invented municipality: the most that may be taken since August 2025, and local prices after school. */
const pricesOfTheMunicipality = {
  kindergarten: [
    {
      ...{ from: '2025-08-01', food: 340, freeMonths: ['07'], reductionEnds: '07', countsFirstDay: false },
      rates: {
        ...{ maxMonthly: 1200, months: 11, incomePct: 0.06, siblingDiscount: [0, 0.3, 1] },
        ...{ siblingBase: 'firstChild', coreHours: 20, coreIncomeLimit: 642_700 },
        ...{ combine: 'lowerOf', roundTo: 1 },
      },
      places: [
        { weeklyHours: 45, listPrice: 1200 },
        { weeklyHours: 27, listPrice: 800 },
      ],
    },
  ],
  afterSchool: [
    {
      ...{ from: '2025-08-01', food: 310, freeMonths: ['07'], reductionEnds: '06', countsFirstDay: false },
      rates: {
        ...{ maxMonthly: 3200, months: 10, incomePct: 0.06, siblingDiscount: [0] },
        ...{ siblingBase: 'own', coreHours: 12, coreIncomeLimit: 100_000_000 },
        ...{ combine: 'incomeThenCore', roundTo: 1 },
      },
      places: [
        { weeklyHours: 24, listPrice: 3114 },
        { weeklyHours: 12, listPrice: 1600 },
      ],
      freeGrades: [1, 2, 3],
    },
  ],
};

/** Every part of the system, in the order of `npm start`'s table. A new service is a line here. */
export const parts: readonly Part[] = [
  simulator('idporten', 20),
  simulator('staff', 21),
  simulator('maskinporten', 22),
  simulator('freg', 23, maskinporten),
  simulator('krr', 24, maskinporten),
  {
    ...simulator('sink', 25, (where) => ({ ...maskinporten(where), SMTP_PORT: mailRelay(where).port })),
    besideOffset: 27,
  },
  simulator('units', 26, maskinporten),
  service({
    name: 'identity',
    offset: 1,
    opsOffset: opsDistance + 1,
    environment: (where) => ({
      ...subgraph(where),
      ...numbers(where, 'identity'),
      OUTBOUND_SEAL_KEY: outboundSealKey(where),
      PLACEMENT_SEAL_KEY: JSON.stringify(where.secrets.publicJwk(placementKey, 'ECDH-ES')),
      PUSH_PUBLIC_KEY: pushPublicKey(where),
      HEARTBEAT_INTERVAL_MS: '500',
    }),
  }),
  service({
    name: 'registry',
    opsOffset: 11,
    after: ['maskinporten', 'freg', 'krr', 'units'],
    environment: (where) => ({
      ...numbers(where, 'registry'),
      ...maskinporten(where),
      MASKINPORTEN_CLIENT_ID: clientIds.registry,
      MASKINPORTEN_KEY_FILE: where.secrets.keyFile('registry-client', 'RS256'),
      FREG_URL: where.address('freg', '/folkeregister/api/v1'),
      FREG_ROLE_ID: fiks.roleId,
      FREG_SCOPE: scopes.fiks,
      FIKS_INTEGRATION_ID: fiks.integrationId,
      FIKS_INTEGRATION_PASSWORD: where.secrets.password('fiks integration'),
      KRR_URL: where.address('krr'),
      KRR_SCOPE: scopes.krr.join(' '),
      KRR_CHANGES_SCOPE: scopes.krrChanges,
      CONTACT_KEYS: where.secrets.namedKey('contact key of registry and whoever sends'),
      NSR_URL: where.address('units', '/nsr/v4'),
      NBR_URL: where.address('units', '/nbr/v4'),
      BRREG_URL: where.address('units', '/enhetsregisteret/api'),
      MUNICIPALITY_NUMBER: municipalityNumber,
      MUNICIPALITY_ORGANISATION: organisation,
      FEED_POLL_INTERVAL_MS: '1000',
      CONTACT_POLL_INTERVAL_MS: '2000',
    }),
  }),
  service({
    name: 'messaging',
    offset: 2,
    opsOffset: opsDistance + 2,
    environment: (where) => ({
      ...subgraph(where),
      OUTBOUND_SEAL_KEY: outboundSealKey(where),
      FILE_KEYS: where.secrets.namedKey('file key of messaging'),
      FILE_FOLDER: fileFolder(where),
    }),
  }),
  service({
    name: 'attendance',
    offset: 3,
    opsOffset: opsDistance + 3,
    environment: (where) => ({
      ...subgraph(where),
      LEAVE_REGULATION: JSON.stringify(leaveOfTheMunicipality),
      OUTBOUND_SEAL_KEY: outboundSealKey(where),
    }),
  }),
  service({
    ...{ name: 'placement', offset: 4, opsOffset: opsDistance + 4 },
    environment: (where) => ({
      ...subgraph(where),
      PLACEMENT_OPEN_KEYS_FILE: where.secrets.keyFile(placementKey, 'ECDH-ES'),
      FILE_KEYS: where.secrets.namedKey('file key of placement'),
      FILE_FOLDER: `${where.dataDir}/files/placement`,
      PLACE_PRICES: JSON.stringify(pricesOfTheMunicipality),
      OUTBOUND_SEAL_KEY: outboundSealKey(where),
      ADMISSION_LETTERS: JSON.stringify({ municipality: 'Tingvika kommune' }),
    }),
  }),
  service({
    name: 'notification',
    opsOffset: 12,
    after: ['maskinporten', 'freg', 'sink'],
    environment: (where) => ({
      ...maskinporten(where),
      ACCESS_MAX_STALENESS: '10',
      MASKINPORTEN_CLIENT_ID: clientIds.notification,
      MASKINPORTEN_KEY_FILE: where.secrets.keyFile('notification-client', 'RS256'),
      CONTACT_KEYS: where.secrets.namedKey('contact key of registry and whoever sends'),
      PORTAL_URL: where.publicAddress('gateway'),
      // Whoever tries it out does so at any hour.
      QUIET_HOURS: '00:00-00:00',
      SMTP_HOST: mailRelay(where).host,
      SMTP_PORT: mailRelay(where).port,
      SMTP_USER: mailUser,
      SMTP_PASSWORD: where.secrets.password('mail relay'),
      // The relay's certificate is one that everybody has the key of.
      SMTP_TLS: 'unverified',
      MAIL_FROM: 'Ranselpost <ikke-svar@tingvika.example.test>',
      ALTINN_URL: where.address('sink'),
      VAPID_KEY: where.secrets.key(pushKey),
      VAPID_CONTACT: 'mailto:ranselpost@tingvika.example.test',
      PUSH_ORIGINS: where.publicAddress('sink'),
      SHIPMENT_POLL_INTERVAL_MS: '2000',
      OUTBOUND_OPEN_KEYS_FILE: where.secrets.keyFile(outboundKey, 'ECDH-ES'),
      FILE_FOLDER: fileFolder(where),
      FIKS_SCOPE: scopes.fiks,
      FIKS_INTEGRATION_ID: fiks.integrationId,
      FIKS_INTEGRATION_PASSWORD: where.secrets.password('fiks integration'),
      SVARUT_URL: where.address('freg', '/svarut/api'),
      SVARUT_ACCOUNT_ID: fiks.svarUtAccountId,
      FIKS_IO_URL: where.address('freg', '/fiks-io/api'),
      FIKS_IO_AMQP_URL: where.address('freg').replace('http:', 'amqp:'),
      FIKS_IO_ACCOUNT_ID: fiks.ioAccountId,
      FIKS_IO_KEY: where.secrets.certificate('ranselpost').key,
      FIKS_IO_CERTIFICATE: where.secrets.certificate('ranselpost').certificate,
      ARCHIVE_ACCOUNT_ID: fiks.archiveAccountId,
      ARCHIVE_CERTIFICATE: where.secrets.certificate('archive').certificate,
      MUNICIPALITY_NAME: 'Tingvika kommune',
    }),
  }),
  {
    name: 'gateway',
    kind: 'gateway',
    offset: 0,
    opsOffset: opsDistance,
    main: 'gateway/src/main.ts',
    environment: (where) => ({
      ...stores(where, 'gateway'),
      PUBLIC_URL: where.publicAddress('gateway'),
      ACTOR_SIGNING_KEYS_FILE: where.secrets.signingKeysFile('actor-signing'),
      IDPORTEN_ISSUER: where.publicAddress('idporten'),
      IDPORTEN_CLIENT_ID: clientIds.idporten,
      IDPORTEN_KEY_FILE: where.secrets.keyFile('idporten-client', 'RS256'),
      STAFF_ISSUER: where.publicAddress('staff'),
      STAFF_CLIENT_ID: clientIds.staff,
      STAFF_KEY_FILE: where.secrets.keyFile('staff-client', 'RS256'),
      ...maskinporten(where),
      IDENTITY_URL: where.address('identity', '/graphql'),
      MESSAGING_URL: where.address('messaging', '/graphql'),
      ATTENDANCE_URL: where.address('attendance', '/graphql'),
      PLACEMENT_URL: where.address('placement', '/graphql'),
      PORTAL_FOLDER: where.portalFolder,
      INTROSPECTION: 'on',
      OPERATIONS: 'any',
      // The demo, the journeys and the benchmarks ask in one person's name what a whole town asks.
      RATE_PER_ADDRESS: '1000000',
      RATE_PER_ACTOR: '1000000',
    }),
    after: ['postgres', 'nats', 'idporten', 'staff', 'maskinporten'],
    build: { what: 'portal', run: buildPortal },
    migration: migration('gateway', 'gateway'),
  },
];
