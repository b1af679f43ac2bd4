import { type ECDH, createDecipheriv, createECDH, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { importJWK, jwtVerify } from 'jose';
import type { Faults } from '../common/faults.ts';
import type { Box } from './box.ts';

export const pushFaultKinds = ['gone'] as const;

/** A browser that has subscribed: what it hands to the site, and what it keeps. */
interface Subscription {
  readonly id: string;
  readonly keys: ECDH;
  readonly auth: Buffer;
  /** Nobody else may push to it (RFC 8292 § 4); null where the browser did not say. */
  readonly applicationServerKey: string | null;
  isGone: boolean;
}

/**
 * A push service with its browsers (RFC 8030, 8188, 8291, 8292). It opens what it is given with the browser's own keys, and
 * takes nothing that it cannot open or whose sender it cannot tell. `gone {id?}` has it know no such subscription (410);
 * `throttle` and `error` are those of every route.
 */
export function pushRoutes(
  app: FastifyInstance,
  {
    box,
    faults,
    publicUrl,
  }: { readonly box: Box; readonly faults: Faults; readonly publicUrl: () => string },
): void {
  const subscriptions = new Map<string, Subscription>();
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );

  app.post<{ Body: { applicationServerKey?: string } | null }>(
    '/control/push-subscriptions',
    async (request, reply) => {
      const keys = createECDH('prime256v1');
      keys.generateKeys();
      const subscription: Subscription = {
        ...{ id: randomUUID(), keys, auth: randomBytes(16), isGone: false },
        applicationServerKey: request.body?.applicationServerKey ?? null,
      };
      subscriptions.set(subscription.id, subscription);
      return reply.code(201).send({
        id: subscription.id,
        endpoint: `${publicUrl()}/push/${subscription.id}`,
        keys: {
          p256dh: keys.getPublicKey().toString('base64url'),
          auth: subscription.auth.toString('base64url'),
        },
      });
    },
  );
  app.delete<{ Params: { id: string } }>('/control/push-subscriptions/:id', async (request, reply) => {
    const subscription = subscriptions.get(request.params.id);
    if (subscription !== undefined) subscription.isGone = true;
    return reply.code(204).send();
  });

  app.post<{ Params: { id: string }; Body: Buffer }>(
    '/push/:id',
    { config: { endpoint: 'push' } },
    async (request, reply) => {
      const { headers, params } = request;
      const subscription = subscriptions.get(params.id);
      const isStruck = faults
        .list()
        .some(({ kind, settings }) => kind === 'gone' && (settings['id'] ?? params.id) === params.id);
      if (isStruck && faults.strike('gone', 'push')) return reply.code(410).send();
      if (subscription === undefined || subscription.isGone) return reply.code(410).send();
      if (headers['content-encoding'] !== 'aes128gcm') return reply.code(415).send();
      if (!/^\d+$/.test(String(headers['ttl']))) return reply.code(400).send();
      const topic = headers['topic'];
      if (topic !== undefined && !/^[\w-]{1,32}$/.test(String(topic))) return reply.code(400).send();
      const sender = await senderOf(headers.authorization, new URL(publicUrl()).origin);
      if (sender === undefined) return reply.code(401).send();
      if (subscription.applicationServerKey !== null && subscription.applicationServerKey !== sender)
        return reply.code(403).send();
      let text: string;
      try {
        text = opened(request.body, subscription);
      } catch {
        return reply.code(400).send();
      }
      box.take({
        channel: 'PUSH',
        to: subscription.id,
        key: String(topic ?? ''),
        subject: String(headers['urgency'] ?? ''),
        text,
      });
      return reply.code(201).header('location', `${publicUrl()}/message/${randomUUID()}`).send();
    },
  );
}

/** The public key of whoever signed, when they meant this service and the token has not run out (RFC 8292). */
async function senderOf(authorization: string | undefined, origin: string): Promise<string | undefined> {
  const given = /^vapid t=([^,\s]+), ?k=([\w-]+)$/.exec(authorization ?? '');
  const point = Buffer.from(given?.[2] ?? '', 'base64url');
  if (given === null || point.length !== 65) return undefined;
  const jwk = {
    ...{ kty: 'EC', crv: 'P-256' },
    ...{ x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') },
  };
  try {
    await jwtVerify(given[1]!, await importJWK(jwk, 'ES256'), {
      ...{ audience: origin, algorithms: ['ES256'] },
      requiredClaims: ['exp', 'sub'],
    });
    return given[2];
  } catch {
    return undefined;
  }
}

/** What only the browser can read: one record of aes128gcm (RFC 8188) under keys from both ends (RFC 8291). */
function opened(body: Buffer, { keys, auth }: Subscription): string {
  const salt = body.subarray(0, 16);
  const idLength = body[20] ?? 0;
  const sender = body.subarray(21, 21 + idLength);
  const record = body.subarray(21 + idLength);
  const hkdf = (secret: Uint8Array, salted: Uint8Array, info: Buffer | string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, salted, info, length));
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender]);
  const secret = hkdf(keys.computeSecret(sender), auth, info, 32);
  const key = hkdf(secret, salt, 'Content-Encoding: aes128gcm\0', 16);
  const nonce = hkdf(secret, salt, 'Content-Encoding: nonce\0', 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = padded.lastIndexOf(2);
  if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('the padding is wrong');
  return padded.subarray(0, end).toString('utf8');
}
