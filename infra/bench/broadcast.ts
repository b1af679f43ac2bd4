import { createActorSigner } from '@ranselpost/kit/actor-token';
import { newId } from '@ranselpost/kit/ids';
import { keyRing } from '@ranselpost/kit/keys';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { seal, sealFor } from '@ranselpost/kit/seal';
import { readFileSync } from 'node:fs';
import type postgres from 'postgres';
import type { Stack } from '../dev/stack.ts';
import { familyOf, idOf, openPastLocks, settle, unitOf } from './town.ts';

export type Way = 'PUSH' | 'EMAIL' | 'SMS';
/** Of ten guardians: four have a device, five mail alone, one a telephone alone. */
const wayOf = (place: number): Way => (place % 10 < 4 ? 'PUSH' : place % 10 < 9 ? 'EMAIL' : 'SMS');

/** A guardian of the town, and where whatever they are told comes in. */
export interface Reached {
  readonly personId: string;
  readonly way: Way;
  /** An address, a number, or the id of a device at the push service. */
  readonly to: string;
}

const author: Actor = { kind: 'staff', personId: idOf('author', 0), level: 'high' };

/** A town whose guardians can all be reached, and somebody who leads every unit of it. */
export async function settleReachable(stack: Stack, guardians: number): Promise<readonly Reached[]> {
  const [messaging, notification] = [openPastLocks(stack, 'messaging'), openPastLocks(stack, 'notification')];
  const whole = { from: 0, to: guardians };
  await settle(messaging, { ...whole, features: ['MESSAGING'] });
  await settle(notification, { ...whole, features: ['MESSAGING', 'NOTICES'] });
  const reached: Reached[] = [];
  for (let from = 0; from < guardians; from += 500)
    reached.push(...(await giveWays(stack, notification, from, Math.min(from + 500, guardians))));
  for (const sql of [messaging, notification]) {
    await sql.unsafe('vacuum analyze');
    await sql.end();
  }
  return reached;
}

/** Writes down what the contact register and identity would have told of some guardians, and gives them devices. */
async function giveWays(
  { where, urls }: Stack,
  sql: postgres.Sql,
  from: number,
  to: number,
): Promise<readonly Reached[]> {
  const contacts = keyRing.parse(where.secrets.namedKey('contact key of registry and whoever sends'));
  const outbound = where.secrets.publicJwk('outbound seal key', 'ECDH-ES');
  const at = new Date().toISOString();
  const rows = await Promise.all(
    Array.from({ length: to - from }, async (_none, n) => {
      const place = from + n;
      const personId = idOf(place % 2 === 0 ? 'mother' : 'father', familyOf(place));
      const way = wayOf(place);
      const subscriptionId = newId();
      // Whoever has a device has mail besides, for when the device is gone.
      const address = `${personId}@example.test`;
      const number = `+4799${String(place).padStart(6, '0')}`;
      const record = {
        ...{ isReserved: false, status: 'ACTIVE', mayBeNotified: true, language: 'nb', hasMailbox: false },
        email: way === 'SMS' ? null : { value: address, verifiedAt: at },
        mobile: way === 'SMS' ? { value: number, verifiedAt: at } : null,
      };
      const device = way === 'PUSH' ? await subscribe(urls['sink']!) : null;
      return {
        ...{ personId, way, subscriptionId, to: device?.id ?? (way === 'SMS' ? number : address) },
        sealed: await seal(contacts, personId, record),
        device: device === null ? null : await sealFor(outbound, subscriptionId, device.subscription),
      };
    }),
  );
  const given = sql.json(rows);
  await sql`insert into contact (person_id, revision, read_at, sealed)
    select (r->>'personId')::uuid, 1, now(), r->>'sealed' from jsonb_array_elements(${given}) as r`;
  await sql`insert into push_subscription (subscription_id, person_id, capacity, sealed)
    select (r->>'subscriptionId')::uuid, (r->>'personId')::uuid, 'guardian', r->>'device'
    from jsonb_array_elements(${given}) as r where r->>'device' is not null`;
  return rows.map(({ personId, way, to: where_ }) => ({ personId, way, to: where_ }));
}

async function subscribe(sink: string): Promise<{ readonly id: string; readonly subscription: object }> {
  const answer = await fetch(`${sink}/control/push-subscriptions`, { method: 'POST' });
  const { id, endpoint, keys } = (await answer.json()) as { id: string; endpoint: string; keys: object };
  return { id, subscription: { endpoint, keys } };
}

/** Speaks to messaging in the name of whoever leads every unit, with tokens as the gateway signs them. */
export async function openAuthor({ where }: Stack, guardians: number) {
  const signer = await createActorSigner(
    where.publicAddress('gateway'),
    JSON.parse(readFileSync(where.secrets.signingKeysFile('actor-signing'), 'utf8')),
  );
  const units = Array.from({ length: unitOf(guardians - 1) + 1 }, (_none, place) => idOf('unit', place));
  const audience = { places: units.map((unitId) => ({ unitId })) };
  const ask = async <Data>(query: string, variables: object): Promise<Data> => {
    const response = await fetch(where.address('messaging', '/graphql'), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await signer.sign(author, 'messaging')}`,
      },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as { data?: Data; errors?: unknown };
    if (answer.errors !== undefined || answer.data === undefined)
      throw new Error(`messaging answers ${JSON.stringify(answer.errors)}`);
    return answer.data;
  };
  const preview = async () => {
    const { it } = await ask<{ it: { recipientCount: number; confirmation: string } }>(
      'query ($audience: BroadcastAudienceInput!) { it: previewBroadcast(audience: $audience) { recipientCount confirmation } }',
      { audience },
    );
    return it;
  };
  return {
    preview,
    /** Sends one text to everybody; the same key again sends nothing. Answers the broadcast's id. */
    send: async (idempotencyKey: string): Promise<string> => {
      const { confirmation } = await preview();
      const { it } = await ask<{ it: { __typename: string; broadcast?: { id: string } } }>(
        `mutation ($input: SendBroadcastInput!) { it: sendBroadcast(input: $input) { __typename
          ... on BroadcastStored { broadcast { id } } } }`,
        {
          input: {
            ...{ audience, title: 'Tur', body: 'Husk matpakke og gode sko.', isReread: true },
            ...{ confirmation, idempotencyKey },
          },
        },
      );
      if (it.broadcast === undefined) throw new Error(`the broadcast was not taken: ${it.__typename}`);
      return it.broadcast.id;
    },
  };
}

/** Has the minute pass in which a broadcast can be undone. */
export async function passUndo(sql: postgres.Sql, broadcastId: string): Promise<void> {
  await sql`update broadcast set due_at = now() where id = ${broadcastId} and state = 'WAITING'`;
}
