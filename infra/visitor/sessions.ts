import { newId } from '@ranselpost/kit/ids';
import { createHash, randomBytes } from 'node:crypto';
import type postgres from 'postgres';
import { CookieJar } from '../simulators/idporten/sign-in.ts';
import { Visitor } from './visitor.ts';

/** Somebody and in which capacity they are signed in. */
export interface SignedIn {
  readonly kind: 'guardian' | 'staff';
  readonly personId: string;
}

/**
 * Gives many people a session each by writing the rows that a login ends with, as the gateway's administrator: thousands of logins
 * would take longer than what they are wanted for. In the order given.
 */
export async function giveSessions(
  gatewayUrl: string,
  sql: postgres.Sql,
  people: readonly SignedIn[],
): Promise<readonly Visitor[]> {
  const given = people.map((person) => ({ ...person, secret: randomBytes(32).toString('base64url') }));
  const rows = given.map(({ secret, ...person }) => ({
    ...{ ...person, id: newId() },
    hash: createHash('sha256').update(secret).digest('hex'),
  }));
  await sql`
    insert into session (id, secret_hash, kind, person_id, level, issuer, ends_at)
    select (row->>'id')::uuid, decode(row->>'hash', 'hex'), row->>'kind', (row->>'personId')::uuid, 'substantial',
      'none', now() + interval '1 day'
    from jsonb_array_elements(${sql.json(rows)}) as row`;
  return given.map(({ secret }) => {
    const jar = new CookieJar();
    jar.store(gatewayUrl, [`__Host-session=${secret}; Path=/; Secure`]);
    return new Visitor(gatewayUrl, jar);
  });
}
