import { RegisterFault } from '@ranselpost/kit/outside/fault';
import { faultOf, jsonOf, openOrigin } from '@ranselpost/kit/outside/http';
import type { Tokens } from '@ranselpost/kit/outside/maskinporten';
import { askWithToken } from '@ranselpost/kit/outside/with-token';
import { z } from 'zod';
import type { ShipmentStatus, SmsSender } from '../sender.ts';

export interface SmsOptions {
  /** Altinn's platform, as `https://platform.altinn.no`. */
  readonly base: string;
  readonly scope: string;
  /** Who it says that it is from: eleven letters and digits at most. */
  readonly sender: string;
  readonly tokens: Tokens;
  readonly connections: number;
}

const register = 'altinn';
const deadlineMs = 10_000;
/** For so long an operator tries to deliver; what was so urgent is old by then. */
const timeToLiveSeconds = 86_400;
const orderSchema = z.object({ notification: z.object({ shipmentId: z.string().min(1) }) });
const feedSchema = z.array(
  z.object({
    sequenceNumber: z.int(),
    shipmentId: z.string(),
    recipients: z.array(z.object({ status: z.string() })),
  }),
);
const path = '/notifications/api/v1/future';

/**
 * Text messages through Altinn 3 Notifications, to a number that we know. The delivery's id is the idempotency id: an order
 * that was taken before is answered with what it became, so that nobody gets it twice.
 */
export function openSms({ base, scope, sender, tokens, connections }: SmsOptions): SmsSender {
  const origin = openOrigin({ register, base, retryAfterUnitMs: 1_000, connections });
  const altinnTokens = exchanging(origin, tokens, scope);
  const ask = askWithToken.bind(null, origin, altinnTokens, scope);
  return {
    send: async (to, { deliveryId, title, url }) => {
      try {
        const answer = await ask({
          ...{ operation: 'order', method: 'POST', path: `${path}/orders/instant/sms`, deadlineMs },
          headers: async () => ({}),
          body: JSON.stringify({
            idempotencyId: deliveryId,
            sendersReference: deliveryId,
            recipientSms: {
              phoneNumber: to,
              timeToLiveInSeconds: timeToLiveSeconds,
              smsSettings: { sender, body: `${title}. ${url}` },
            },
          }),
        });
        if (answer.status === 400 || answer.status === 422)
          return { kind: 'REFUSED', code: `HTTP_${answer.status}` };
        if (answer.status !== 200 && answer.status !== 201)
          return { kind: 'AWAY', code: `HTTP_${answer.status}` };
        const order = orderSchema.parse(jsonOf(answer, register, 'order'));
        return { kind: 'ACCEPTED', outsideId: order.notification.shipmentId };
      } catch (error) {
        const details = error instanceof RegisterFault ? error.details : undefined;
        return {
          ...{ kind: 'AWAY', code: details?.status === undefined ? 'NO_ANSWER' : `HTTP_${details.status}` },
          ...(details?.retryInMs === undefined ? {} : { retryInMs: details.retryInMs }),
        };
      }
    },
    statusesSince: async (sequence) => {
      const answer = await ask({
        ...{ operation: 'feed', method: 'GET', deadlineMs },
        path: `${path}/shipment/feed?seq=${sequence}&pageSize=500`,
        headers: async () => ({}),
      });
      if (answer.status !== 200) throw faultOf(answer, register, 'feed');
      const feed = feedSchema.safeParse(jsonOf(answer, register, 'feed'));
      if (!feed.success) throw new RegisterFault('refused', { register, operation: 'feed', code: 'shape' });
      return feed.data.map(({ sequenceNumber, shipmentId, recipients }) => ({
        ...{ sequence: sequenceNumber, shipmentId },
        ...statusOf(recipients[0]?.status ?? ''),
      }));
    },
    close: () => origin.close(),
  };
}

function statusOf(given: string): Pick<ShipmentStatus, 'status' | 'code'> {
  const code = /^[A-Za-z_]{1,40}$/.test(given) ? given : 'unknown';
  if (code === 'SMS_Delivered') return { status: 'DELIVERED', code };
  return { status: code.startsWith('SMS_Failed') ? 'FAILED' : 'UNDER_WAY', code };
}

/** Altinn's own token for one of Maskinporten's: kept for a while, as it lasts for half an hour. */
function exchanging(origin: ReturnType<typeof openOrigin>, tokens: Tokens, scope: string): Tokens {
  const keptMs = 20 * 60_000;
  let kept: { readonly token: string; readonly until: number } | undefined;
  let underway: Promise<string> | undefined;
  const exchange = async (): Promise<string> => {
    const answer = await askWithToken(origin, tokens, scope, {
      ...{ operation: 'exchange', method: 'GET', path: '/authentication/api/v1/exchange/maskinporten' },
      ...{ headers: async () => ({}), deadlineMs },
    });
    if (answer.status !== 200) throw faultOf(answer, register, 'exchange');
    kept = { token: answer.text.trim(), until: Date.now() + keptMs };
    return kept.token;
  };
  return {
    token: async (_scope, instead) => {
      if (kept !== undefined && kept.token !== instead && kept.until > Date.now()) return kept.token;
      underway ??= exchange().finally(() => (underway = undefined));
      return underway;
    },
    close: () => tokens.close(),
  };
}
