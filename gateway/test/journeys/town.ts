import { goldenByName } from '@ranselpost/infra/simulators/population/index';
import { clientIds, scopes } from '@ranselpost/infra/dev/clients';
import { openStack, type Stack } from '@ranselpost/infra/dev/stack';
import { Visitor } from '@ranselpost/infra/visitor/visitor';
import { newId } from '@ranselpost/kit/ids';
import { importJWK, SignJWT } from 'jose';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { inject } from 'vitest';

export type Kind = 'guardian' | 'staff';

/** The whole system as it runs for the journeys, and the ways to it: the door, the registers' controls, an onlooker's eyes. */
export interface Town {
  readonly stack: Stack;
  readonly gateway: string;
  /** `who` is a golden name such as `F1.mother`, a national number, or a staff login. Every call is a login of its own. */
  visit(kind: Kind, who: string, level?: 'high'): Promise<Visitor>;
  /** The integrator's token, with every scope it has. */
  machineToken(): Promise<string>;
  /** Tells the population register that something has happened to somebody. */
  live(event: Readonly<Record<string, unknown>>): Promise<LifeEvent>;
  control(simulator: string, path: string, body?: unknown, method?: string): Promise<unknown>;
  /** The id of somebody whom nobody may be able to ask about: looked up past every lock. */
  idOf(name: string): Promise<string>;
  /** Kinds of open work items: those of a child, or those of nobody in particular. */
  workItems(childId: string | null): Promise<readonly string[]>;
  /** The sum of a counter or the value of a gauge that a part shows to operators; `label` picks among several. */
  metric(part: string, name: string, label?: string): Promise<number>;
  /** Every part that can say so says that it is ready. */
  isReady(): Promise<boolean>;
  /** A database as an administrator sees it. To look at, never to change. */
  look(service: string): postgres.Sql;
  close(): Promise<void>;
}

export interface LifeEvent {
  readonly last: number;
  readonly people?: readonly string[];
}

/** Where the secrets of sessions are noted, for the hunt for leaks to look for. */
export const plantedSecrets = (dataDir: string): string => join(dataDir, 'planted-secrets.txt');

export function openTown(): Town {
  const stack = openStack({ ...inject('stack'), fsync: false, tell: () => {} });
  const gateway = stack.urls['gateway']!;
  const eyes = new Map<string, postgres.Sql>();

  const look = (service: string): postgres.Sql => {
    const url = new URL(stack.postgresAdminUrl);
    url.pathname = `/${service}`;
    const sql = eyes.get(service) ?? postgres(url.href, { max: 1, idle_timeout: 2, onnotice: () => {} });
    eyes.set(service, sql);
    return sql;
  };

  const control: Town['control'] = async (simulator, path, body, method = 'POST') => {
    const response = await fetch(`${stack.urls[simulator]}/control/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${simulator} refused ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as unknown;
  };

  return {
    stack,
    gateway,
    look,
    control,
    visit: async (kind, who, level) => {
      const visitor = await Visitor.signedIn(gateway, kind, who, level);
      const secret = visitor.jar.get(gateway, '__Host-session');
      if (secret === undefined) throw new Error(`${who} is signed in without a session cookie`);
      appendFileSync(plantedSecrets(stack.dataDir), `${secret}\n`);
      return visitor;
    },
    machineToken: async () => {
      const issuer = `${stack.urls['maskinporten']}/`;
      const { kid, ...key } = stack.where.secrets.privateJwk('integrator-client', 'RS256');
      const assertion = await new SignJWT({ scope: scopes.integrator.join(' ') })
        .setProtectedHeader({ alg: 'RS256', kid })
        .setIssuer(clientIds.integrator)
        .setAudience(issuer)
        .setIssuedAt()
        .setExpirationTime('60s')
        .setJti(newId())
        .sign(await importJWK(key, 'RS256'));
      const grant = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
      const response = await fetch(`${issuer}token`, { method: 'POST', body: new URLSearchParams(grant) });
      const { access_token: token } = (await response.json()) as { access_token?: string };
      if (token === undefined) throw new Error('Maskinporten gave no token');
      appendFileSync(plantedSecrets(stack.dataDir), `${token}\n`);
      return token;
    },
    live: async (event) => (await control('freg', 'life-events', event)) as LifeEvent,
    idOf: async (name) => {
      const person = goldenByName.get(name);
      if (person === undefined) throw new Error(`there is no ${name}`);
      const { given, family, born } = person;
      const [row] = await look('identity')<{ person_id: string }[]>`
        select person_id from person where given = ${given} and family = ${family} and birth_date = ${born}`;
      if (row === undefined) throw new Error(`identity has not read ${name}`);
      return row.person_id;
    },
    workItems: async (childId) => {
      const rows = await look('identity')<{ kind: string }[]>`
        select kind from work_item where child_id is not distinct from ${childId} and closed_at is null order by kind`;
      return rows.map(({ kind }) => kind);
    },
    metric: async (part, name, label = '') => {
      const text = await (await fetch(`${stack.opsUrls[part]}/metrics`)).text();
      return text
        .split('\n')
        .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
        .filter((line) => line.includes(label))
        .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
    },
    isReady: async () => {
      const answers = await Promise.all(
        Object.values(stack.opsUrls).map((url) => fetch(`${url}/readyz`).catch(() => undefined)),
      );
      return answers.every((answer) => answer?.status === 200);
    },
    close: async () => {
      await Promise.all([...eyes.values()].map((sql) => sql.end({ timeout: 2 })));
    },
  };
}
