import type { AssuranceLevel } from '@ranselpost/kit/pure/actor';
import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { LoginKind } from '../domain/session.ts';

/** A login on its way: what was asked of the issuer, and what its answer must fit. */
export interface Login {
  readonly kind: LoginKind;
  readonly level: AssuranceLevel;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly returnTo: string;
  /** The person who is signed in and proves more than that login did; null for a login from nothing. */
  readonly stepsUp: string | null;
  /** How long ago the person may have proved who they are; null where that was not asked for. */
  readonly maxAgeSeconds: number | null;
}

type Row = {
  kind: LoginKind;
  level: AssuranceLevel;
  state: string;
  nonce: string;
  code_verifier: string;
  return_to: string;
  steps_up: string | null;
  max_age_seconds: number | null;
};

const minutes = 10;

export async function insert(tx: Tx, secretHash: Buffer, login: Login): Promise<void> {
  await tx.execute(sql`
    insert into login (secret_hash, kind, level, state, nonce, code_verifier, return_to, steps_up, max_age_seconds, expires_at)
    values (decode(${secretHash.toString('hex')}, 'hex'), ${login.kind}, ${login.level}, ${login.state}, ${login.nonce},
            ${login.codeVerifier}, ${login.returnTo}, ${login.stepsUp},
            ${login.maxAgeSeconds}, now() + ${minutes} * interval '1 minute')`);
}

/** Takes a login out, so that no second answer can fit it. */
export async function take(tx: Tx, secretHash: Buffer): Promise<Login | undefined> {
  const [row] = await tx.execute<Row & { has_expired: boolean }>(sql`
    delete from login where secret_hash = decode(${secretHash.toString('hex')}, 'hex')
    returning kind, level, state, nonce, code_verifier, return_to, steps_up, max_age_seconds,
      expires_at <= now() as has_expired`);
  if (row === undefined || row.has_expired) return undefined;
  return {
    kind: row.kind,
    level: row.level,
    state: row.state,
    nonce: row.nonce,
    codeVerifier: row.code_verifier,
    returnTo: row.return_to,
    stepsUp: row.steps_up,
    maxAgeSeconds: row.max_age_seconds,
  };
}

export async function deleteExpired(tx: Tx): Promise<void> {
  await tx.execute(sql`delete from login where expires_at <= now()`);
}
