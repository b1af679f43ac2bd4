import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { SignJWT, generateSecret } from 'jose';
import { z } from 'zod';
import type { Faults } from '../common/faults.ts';
import type { TokenCheck } from '../common/token.ts';
import type { Box } from './box.ts';

export const smsScope = 'altinn:serviceowner/notifications.create';
export const smsFaultKinds = ['status'] as const;

const orderSchema = z.object({
  idempotencyId: z.string().min(1),
  sendersReference: z.string().optional(),
  recipientSms: z.object({
    phoneNumber: z.string(),
    timeToLiveInSeconds: z.int().min(60).max(172_800),
    smsSettings: z.object({ sender: z.string().optional(), body: z.string().min(1) }),
  }),
});

interface Shipment {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly sendersReference: string | undefined;
  readonly destination: string;
  sequenceNumber: number;
  status: string;
  lastUpdate: string;
}

const base = '/notifications/api/v1';
const problem = (title: string, status: number) => ({ type: 'about:blank', title, status });

/**
 * Altinn 3 Notifications, as much of it as sends a text message at once: the exchange of a Maskinporten token, orders that
 * are known again by their idempotency id, statuses, and the feed of them. `status {status, to?}` has a message end so.
 */
export function smsRoutes(
  app: FastifyInstance,
  { box, faults, tokens }: { readonly box: Box; readonly faults: Faults; readonly tokens: TokenCheck },
): void {
  const secret = generateSecret('HS256');
  const exchanged = new Set<string>();
  const byIdempotency = new Map<string, Shipment>();
  /** In the order in which they last changed: the feed. */
  const byId = new Map<string, Shipment>();
  let sequence = 0;
  const move = (shipment: Shipment, status: string): void => {
    shipment.status = status;
    shipment.sequenceNumber = sequence += 1;
    shipment.lastUpdate = new Date().toISOString();
    byId.delete(shipment.shipmentId);
    byId.set(shipment.shipmentId, shipment);
  };
  const isKnown = (authorization: string | undefined): boolean =>
    exchanged.has((authorization ?? '').replace(/^Bearer /i, ''));
  const toAnswer = ({ orderId, shipmentId, sendersReference }: Shipment) => ({
    notificationOrderId: orderId,
    notification: { shipmentId, sendersReference },
  });
  const toItem = ({ destination, status, lastUpdate, ...shipment }: Shipment) => ({
    ...{ sequenceNumber: shipment.sequenceNumber, shipmentId: shipment.shipmentId },
    ...{ sendersReference: shipment.sendersReference, shipmentType: 'Notification' },
    ...{ recipients: [{ destination, status, lastUpdate }], lastUpdate },
    status: 'Order_Completed',
  });

  app.get(
    '/authentication/api/v1/exchange/maskinporten',
    { config: { endpoint: 'exchange' } },
    async (request, reply) => {
      const answer = await tokens.check(request.headers.authorization, [smsScope]);
      if (answer.kind === 'refused')
        return reply.code(answer.status).send(problem(answer.message, answer.status));
      const token = await new SignJWT({ scope: [...answer.scopes].join(' '), jti: randomUUID() })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuedAt()
        .setExpirationTime('30m')
        .sign(await secret);
      exchanged.add(token);
      return reply.type('text/plain').send(token);
    },
  );

  app.post(
    `${base}/future/orders/instant/sms`,
    { config: { endpoint: 'orders' } },
    async (request, reply): Promise<FastifyReply> => {
      if (!isKnown(request.headers.authorization)) return reply.code(401).send(problem('Unauthorized', 401));
      const order = orderSchema.safeParse(request.body);
      if (!order.success) return reply.code(400).send(problem('One or more validation errors occurred', 400));
      const { idempotencyId, sendersReference, recipientSms } = order.data;
      const known = byIdempotency.get(idempotencyId);
      if (known !== undefined) return reply.code(200).send(toAnswer(known));
      const { phoneNumber: destination, smsSettings } = recipientSms;
      if (!/^(\+|00)\d{8,15}$/.test(destination))
        return reply.code(400).send(problem('phoneNumber is not a telephone number', 400));
      const shipment: Shipment = {
        ...{ shipmentId: randomUUID(), orderId: randomUUID(), sendersReference, destination },
        ...{ sequenceNumber: 0, status: 'SMS_New', lastUpdate: '' },
      };
      byIdempotency.set(idempotencyId, shipment);
      box.take({
        channel: 'SMS',
        to: destination,
        key: idempotencyId,
        subject: smsSettings.sender ?? '',
        text: smsSettings.body,
      });
      const strikes = faults
        .list()
        .some(({ kind, settings }) => kind === 'status' && (settings['to'] ?? destination) === destination);
      const fault = strikes ? faults.strike('status', 'orders') : undefined;
      move(shipment, `SMS_${String(fault?.settings['status'] ?? 'Delivered').replace(/^SMS_/, '')}`);
      return reply.code(201).send(toAnswer(shipment));
    },
  );

  app.get<{ Params: { id: string } }>(
    `${base}/future/shipment/:id`,
    { config: { endpoint: 'shipment' } },
    async (request, reply) => {
      if (!isKnown(request.headers.authorization)) return reply.code(401).send(problem('Unauthorized', 401));
      const shipment = byId.get(request.params.id);
      return shipment === undefined ? reply.code(404).send(problem('Not Found', 404)) : toItem(shipment);
    },
  );

  app.get<{ Querystring: { seq?: string; pageSize?: string } }>(
    `${base}/future/shipment/feed`,
    { config: { endpoint: 'feed' } },
    async (request, reply) => {
      if (!isKnown(request.headers.authorization)) return reply.code(401).send(problem('Unauthorized', 401));
      const from = Number(request.query.seq ?? 0);
      const most = Math.min(500, Number(request.query.pageSize ?? 500));
      return [...byId.values()]
        .filter(({ sequenceNumber }) => sequenceNumber > from)
        .slice(0, most)
        .map(toItem);
    },
  );
}
