import type { Tx } from '@ranselpost/kit/database';
import { within } from '@ranselpost/kit/deadline';
import { tellAll, fact } from '@ranselpost/kit/outbox';
import { type NoticeChannel, languageOfNotice } from '@ranselpost/kit/pure/dispatch';
import { open, openOwn } from '@ranselpost/kit/seal';
import { noticeNameSchema } from '@ranselpost/schema/events/identity/notice-name-changed.v1';
import { pushDeviceSchema } from '@ranselpost/schema/events/identity/push-subscription-changed.v1';
import { pushSubscriptionGoneV1 } from '@ranselpost/schema/events/notification/push-subscription-gone.v1';
import { reachChangedV1 } from '@ranselpost/schema/events/notification/reach-changed.v1';
import { type ContactRecord, contactRecordSchema } from '@ranselpost/schema/events/registry/contact-record';
import type { Device, Message, Outcome } from '../clients/sender.ts';
import { backOffMs } from '../domain/back-off.ts';
import { type Breaker, newBreaker } from '../domain/breaker.ts';
import { type Decision, decideNotice } from '../domain/notice.ts';
import { mayName } from '../domain/naming.ts';
import { type TextKey, textOf, written } from '../domain/texts.ts';
import * as decisions from '../store/decisions.ts';
import * as deliveries from '../store/deliveries.ts';
import * as notices from '../store/notices.ts';
import * as people from '../store/people.ts';
import type { Deps } from './deps.ts';
import { counted } from './metrics.ts';

/** Longer than any sender takes by its own deadlines. */
const sendMs = 40_000;
/** Of a device that does not open. A key that was set wrong must not cost everybody their devices. */
const notOpened = 'NOT_OPENED';

/** Something that is written down as being sent, with where to; nothing of it is kept. */
export interface Outgoing extends deliveries.Begun {
  /** A device is null that does not open: nothing goes there, and it is still theirs. */
  readonly to: { readonly address: string } | { readonly device: Device | null };
  readonly message: Message;
}

/** What is known of one person, opened. */
interface Known {
  readonly taken: notices.Taken;
  readonly contact: ContactRecord | null;
  readonly decision: Decision;
}

/**
 * Takes what is due, decides on each with what is known in this very transaction (GUA-10), and writes down what is about to
 * be sent. Answers what to hand over, and how many were taken.
 */
export const takeNotices = (
  deps: Deps,
  most: number,
): Promise<{ readonly count: number; readonly outgoing: readonly Outgoing[] }> =>
  deps.db.asService(async (tx) => {
    const { leaseMs, maxStaleness } = deps;
    const taken = await notices.take(tx, { most, leaseMs, maxStaleness });
    if (taken.length === 0) return { count: 0, outgoing: [] };
    const known = await Promise.all(taken.map((one) => decide(deps, one)));
    const { carriers, merged } = mergeDigests(known);
    const outgoing = await begin(deps, tx, carriers);
    await notices.move(tx, [
      ...known.flatMap((one) => moveOf(one)),
      ...merged.map(({ taken: one, into }) => ({ ...done(one, 'MERGED'), mergedInto: into })),
    ]);
    for (const { taken: one } of known.filter(({ decision }) => decision.kind === 'PAPER'))
      await decisions.wantLetter(tx, {
        letterId: deps.newId(),
        decisionId: one.noticeId,
        reason: 'RESERVED',
      });
    const unreached = known.filter(({ decision }) => decision.kind === 'UNREACHED');
    await tellReach(
      tx,
      unreached.map(({ taken: one }) => one.personId),
      'UNREACHED',
    );
    for (const { decision } of known)
      if (decision.kind !== 'SEND')
        counted.inc({ channel: 'none', outcome: 'reason' in decision ? decision.reason : decision.kind });
    return { count: taken.length, outgoing };
  });

async function decide(deps: Deps, taken: notices.Taken): Promise<Known> {
  const { choices, contact: sealed, devices, knownAt } = taken;
  const contact = sealed === null ? null : await openContact(deps, taken.personId, sealed);
  const quiet =
    choices?.quietFrom == null || choices.quietTo === null
      ? null
      : { from: choices.quietFrom, to: choices.quietTo };
  const decision = decideNotice(
    taken,
    {
      ...taken,
      contact,
      knownAt: knownAt ?? '',
      choices: {
        notices: Object.fromEntries((choices?.notices ?? []).map(({ kind, channels }) => [kind, channels])),
        quietHours: quiet,
        digestAt: choices?.digestAt ?? null,
      },
      subscriptionIds: devices.map(({ subscriptionId }) => subscriptionId),
    },
    { now: deps.now(), quietHours: deps.quietHours },
  );
  return { taken, contact, decision };
}

/** What does not open is as good as never read: sealed with a key that has gone, it is told anew before long. */
async function openContact(deps: Deps, personId: string, sealed: string): Promise<ContactRecord | null> {
  try {
    return await open(deps.contactKeys, personId, sealed, contactRecordSchema);
  } catch (error) {
    deps.log.warn('a sealed contact does not open', { error });
    return null;
  }
}

/** Of several that come in somebody's digest together, one is sent for all (N13). */
function mergeDigests(known: readonly Known[]): {
  readonly carriers: readonly (Known & { readonly key: TextKey })[];
  readonly merged: readonly (Known & { readonly into: string })[];
} {
  const carriers = new Map<string, Known & { readonly key: TextKey }>();
  const merged: (Known & { readonly into: string })[] = [];
  for (const one of known) {
    const { decision, taken } = one;
    if (decision.kind !== 'SEND') continue;
    const isForDigest =
      taken.choices?.digestAt != null &&
      taken.importance === 'ORDINARY' &&
      taken.before.length === 0 &&
      (taken.category === 'MESSAGE' || taken.category === 'NEWS');
    const place = isForDigest ? `${taken.personId} ${taken.capacity}` : `${taken.noticeId} ${taken.personId}`;
    const carrier = carriers.get(place);
    if (carrier === undefined) carriers.set(place, { ...one, key: taken.category });
    else {
      carriers.set(place, { ...carrier, key: 'DIGEST' });
      merged.push({ ...one, into: carrier.taken.noticeId });
    }
  }
  return { carriers: [...carriers.values()], merged };
}

async function begin(
  deps: Deps,
  tx: Tx,
  carriers: readonly (Known & { readonly key: TextKey })[],
): Promise<readonly Outgoing[]> {
  const begun = await deliveries.begin(
    tx,
    carriers.flatMap(({ taken: { noticeId, personId }, decision }) =>
      decision.kind === 'SEND'
        ? decision.ways.map((way) => ({ ...way, noticeId, personId, newDeliveryId: deps.newId() }))
        : [],
    ),
  );
  const byKey = new Map(carriers.map((one) => [`${one.taken.noticeId} ${one.taken.personId}`, one]));
  const outgoing = await Promise.all(
    begun.map(async (one): Promise<Outgoing> => {
      const { taken, contact, key } = byKey.get(`${one.noticeId} ${one.personId}`)!;
      const language = languageOfNotice(
        { chosen: taken.choices?.language ?? null, register: contact?.language ?? null },
        written,
      );
      return {
        ...one,
        to: await addressOf(deps, one, taken, contact),
        message: {
          ...{ deliveryId: one.deliveryId, noticeId: one.noticeId, url: deps.portal.url },
          ...textOf(key, language, deps.portal.name, await namesOf(deps, one, taken, key)),
          isUrgent: taken.importance === 'URGENT' || taken.category === 'CHILD_MISSING',
        },
      };
    }),
  );
  return outgoing;
}

/** First names of the children, where its reader has asked for them and the notice may say them. Opened in memory alone. */
async function namesOf(
  deps: Deps,
  { channel }: deliveries.Begun,
  taken: notices.Taken,
  key: TextKey,
): Promise<readonly string[]> {
  const { personId, isProtected } = taken;
  const named = taken.names.map(({ childId }) => childId);
  if (key === 'DIGEST' || !mayName(taken, channel, { isProtected, named })) return [];
  try {
    const opened = await Promise.all(
      taken.names.map(({ childId, sealed }) =>
        openOwn(deps.openKeys, `${personId}/${childId}`, sealed, noticeNameSchema),
      ),
    );
    // A name is somebody's own words to us: nothing in it may look like more than a name.
    return opened.map(({ firstName }) => firstName.replaceAll(/[^\p{L}\p{M}' .-]/gu, '').trim());
  } catch (error) {
    deps.log.warn('a sealed name does not open', { error });
    return [];
  }
}

async function addressOf(
  deps: Deps,
  { channel, subscriptionId }: deliveries.Begun,
  { devices }: notices.Taken,
  contact: ContactRecord | null,
): Promise<Outgoing['to']> {
  if (channel === 'EMAIL') return { address: contact!.email!.value };
  if (channel === 'SMS') return { address: contact!.mobile!.value };
  const { sealed } = devices.find((device) => device.subscriptionId === subscriptionId)!;
  try {
    return { device: await openOwn(deps.openKeys, subscriptionId!, sealed, pushDeviceSchema) };
  } catch (error) {
    deps.log.warn('a sealed device does not open', { error });
    return { device: null };
  }
}

/** Where a notice goes that is not sent now. */
function moveOf({ taken, decision }: Known): readonly notices.Move[] {
  const { noticeId, personId } = taken;
  switch (decision.kind) {
    case 'SEND':
      return [];
    case 'WAIT':
      return [{ noticeId, personId, state: 'WAITING', reason: decision.reason, nextAt: decision.until }];
    case 'HOLD':
      return [{ noticeId, personId, state: 'HELD', reason: decision.reason, nextAt: null }];
    case 'DROP':
      return [done(taken, decision.reason)];
    case 'TOLD':
    case 'PAPER':
    case 'UNREACHED':
      return [done(taken, decision.kind)];
  }
}

const done = ({ noticeId, personId }: notices.Key, reason: string): notices.Move => ({
  ...{ noticeId, personId, reason },
  ...{ state: 'DONE', nextAt: null },
});

/** Hands over to whoever delivers, and leaves a channel alone that does not answer. */
export class Dispatcher {
  readonly #deps: Deps;
  readonly #breakers: Readonly<Record<NoticeChannel, Breaker>> = {
    PUSH: newBreaker(),
    EMAIL: newBreaker(),
    SMS: newBreaker(),
  };

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Hands one over and answers what is to be written down of it. Never fails. */
  async send(outgoing: Outgoing): Promise<deliveries.Settlement> {
    const { channel, deliveryId, noticeId, personId, subscriptionId, attempt } = outgoing;
    const outcome = await this.#handOver(outgoing);
    counted.inc({ channel, outcome: outcome.kind });
    const settled = { deliveryId, noticeId, personId, channel, subscriptionId };
    if (outcome.kind === 'ACCEPTED')
      return { ...settled, state: 'ACCEPTED', outsideId: outcome.outsideId, code: null, waitMs: null };
    if (outcome.kind === 'REFUSED')
      return { ...settled, state: 'FAILED', outsideId: null, code: outcome.code, waitMs: null };
    const waitMs = outcome.retryInMs ?? backOffMs(attempt, Math.random());
    return { ...settled, state: 'RETRY', outsideId: null, code: outcome.code, waitMs };
  }

  async #handOver({ channel, to, message }: Outgoing): Promise<Outcome> {
    const { senders, now, log } = this.#deps;
    if ('device' in to && to.device === null) return { kind: 'REFUSED', code: notOpened };
    const breaker = this.#breakers[channel];
    const closedUntil = breaker.closedUntil(now().getTime());
    if (closedUntil !== undefined)
      return {
        kind: 'AWAY',
        code: 'BREAKER',
        retryInMs: closedUntil - now().getTime() + 2_000 * Math.random(),
      };
    let outcome: Outcome;
    try {
      const sending =
        'device' in to
          ? senders.PUSH.send(to.device!, message)
          : senders[channel === 'SMS' ? 'SMS' : 'EMAIL'].send(to.address, message);
      outcome = await within(sendMs, 'a delivery', sending);
    } catch (error) {
      log.warn('a delivery failed', { code: channel, error });
      outcome = { kind: 'AWAY', code: 'FAILED' };
    }
    // One push service that is away says nothing of the others.
    if (channel !== 'PUSH' && outcome.kind === 'AWAY') breaker.failed(now().getTime());
    else breaker.succeeded();
    return outcome;
  }
}

/** Writes down what became of what was handed over, and whom notices reach. */
export const settleDeliveries = (deps: Deps, settlements: readonly deliveries.Settlement[]): Promise<void> =>
  deps.db.asService(async (tx) => {
    const reached = await deliveries.settle(tx, settlements);
    const failed = settlements.filter(({ state }) => state === 'FAILED');
    const gone = await people.removeDevices(
      tx,
      failed.flatMap(({ subscriptionId, code }) =>
        subscriptionId === null || code === notOpened ? [] : [subscriptionId],
      ),
    );
    await tellAll(
      tx,
      gone.map((subscriptionId) => fact(pushSubscriptionGoneV1, { subscriptionId })),
    );
    await people.keepFailing(
      tx,
      failed.flatMap(({ personId, channel, code }) =>
        channel === 'PUSH' ? [] : [{ personId, channel, code: code ?? '' }],
      ),
    );
    await tellReach(tx, reached, 'REACHED');
  });

async function tellReach(
  tx: Tx,
  personIds: readonly string[],
  state: 'REACHED' | 'UNREACHED',
): Promise<void> {
  const news = await people.keepReach(tx, personIds, state);
  await tellAll(
    tx,
    news.map((reach) => fact(reachChangedV1, reach)),
  );
}
