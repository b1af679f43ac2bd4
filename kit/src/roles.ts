import postgres from 'postgres';

export interface ServiceRoles {
  readonly service: string;
  /** Password of the role that owns the tables and runs migrations. */
  readonly ownerPassword: string;
  /** Password of the service's own login, which owns nothing. */
  readonly password: string;
}

/**
 * Makes the four roles of a service on a server, or sets their passwords anew. `<service>_owner` owns the tables;
 * `<service>` is what the service logs in as and may touch nothing by itself; in each transaction it takes on
 * `<service>_request` or `<service>_worker`. None of them can bypass row-level security. Needs a superuser's connection.
 */
export async function ensureRoles(
  adminUrl: string,
  { service, ownerPassword, password }: ServiceRoles,
): Promise<void> {
  if (!/^[a-z]+$/.test(service)) throw new Error(`${service} cannot be the name of a role`);
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  const never = 'nosuperuser nobypassrls nocreatedb nocreaterole noreplication';
  try {
    await admin.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtextextended('roles', 0))`;
      for (const role of [`${service}_owner`, service, `${service}_request`, `${service}_worker`]) {
        const [known] = await tx`select 1 from pg_roles where rolname = ${role}`;
        if (known === undefined) await tx.unsafe(`create role ${role}`);
      }
      const quoted = async (text: string): Promise<string> => {
        const [row] = await tx<{ literal: string }[]>`select quote_literal(${text}) as literal`;
        return row!.literal;
      };
      await tx.unsafe(`
        alter role ${service}_owner login noinherit ${never} password ${await quoted(ownerPassword)};
        alter role ${service} login noinherit ${never} password ${await quoted(password)};
        alter role ${service}_request nologin ${never};
        alter role ${service}_worker nologin ${never};
        grant ${service}_request, ${service}_worker to ${service} with inherit false, set true;`);
    });
  } finally {
    await admin.end({ timeout: 5 });
  }
}

/** Makes a service's database, owned by the role that owns its tables and closed to everybody else's. */
export async function ensureDatabase(
  adminUrl: string,
  service: string,
  name: string = service,
): Promise<void> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    const [known] = await admin`select 1 from pg_database where datname = ${name}`;
    if (known === undefined) await admin.unsafe(`create database ${name} owner ${service}_owner`);
    await admin.unsafe(
      `revoke all on database ${name} from public; grant connect on database ${name} to ${service};`,
    );
  } finally {
    await admin.end({ timeout: 5 });
  }
}
