import { createECDH } from 'node:crypto';
import { Agent, request } from 'undici';
import webPush from 'web-push';
import type { Device, Outcome, Sender } from '../sender.ts';

export interface PushOptions {
  /** The private key that pushes are signed with (VAPID, RFC 8292): a scalar on P-256. */
  readonly key: Uint8Array;
  /** Whom a push service can write to about us: `mailto:` or `https:`. */
  readonly contact: string;
  /** The origins of push services; one that begins with `https://*.` stands for every host below. Nothing is sent elsewhere. */
  readonly origins: readonly string[];
  readonly connections: number;
}

const deadlineMs = 10_000;
/** For a day a push service keeps it for a device that is off. */
const ttlSeconds = 86_400;

/**
 * Pushes to browsers, which alone can read them (RFC 8030, 8291). The delivery's topic has a push service put one that was handed
 * over again in the place of the first while the device is off, and the tag has the browser do so on its screen.
 */
export function openPush({ key, contact, origins, connections }: PushOptions): Sender<Device> {
  const agent = new Agent({ connections, connect: { timeout: 5_000 } });
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(key);
  const vapidDetails = {
    subject: contact,
    publicKey: pair.getPublicKey().toString('base64url'),
    privateKey: Buffer.from(key).toString('base64url'),
  };
  return {
    send: async (device, { deliveryId, noticeId, title, url, isUrgent }): Promise<Outcome> => {
      if (!isPushService(origins, device.endpoint)) return { kind: 'REFUSED', code: 'NOT_A_PUSH_SERVICE' };
      const payload = JSON.stringify({ title, url, tag: noticeId });
      let details: ReturnType<typeof webPush.generateRequestDetails>;
      try {
        details = webPush.generateRequestDetails(device, payload, {
          ...{ vapidDetails, TTL: ttlSeconds, contentEncoding: 'aes128gcm' },
          ...{ topic: deliveryId.replaceAll('-', ''), urgency: isUrgent ? 'high' : 'normal' },
        });
      } catch {
        // Keys that are no keys: what a browser registers is only looked at here.
        return { kind: 'REFUSED', code: 'NO_KEYS' };
      }
      try {
        const { statusCode, headers, body } = await request(device.endpoint, {
          ...{ method: 'POST', headers: details.headers as Record<string, string>, body: details.body },
          ...{ dispatcher: agent, signal: AbortSignal.timeout(deadlineMs) },
        });
        await body.dump();
        if (statusCode >= 200 && statusCode < 300) return { kind: 'ACCEPTED', outsideId: null };
        const code = `HTTP_${statusCode}`;
        if (statusCode === 404 || statusCode === 410 || statusCode === 400 || statusCode === 413)
          return { kind: 'REFUSED', code };
        const seconds = Number(headers['retry-after']);
        return {
          kind: 'AWAY',
          code,
          ...(seconds > 0 ? { retryInMs: Math.min(seconds * 1_000, 3_600_000) } : {}),
        };
      } catch {
        return { kind: 'AWAY', code: 'NO_ANSWER' };
      }
    },
    close: () => agent.close(),
  };
}

/** Subscriptions come from browsers, and a browser can say anything: this service must not be sent to just anywhere. */
export function isPushService(origins: readonly string[], endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { origin, protocol, hostname, username, port } = new URL(endpoint);
  if (username !== '') return false;
  return origins.some((allowed) =>
    allowed.startsWith('https://*.')
      ? protocol === 'https:' && port === '' && hostname.endsWith(allowed.slice('https://*'.length))
      : origin === allowed,
  );
}
