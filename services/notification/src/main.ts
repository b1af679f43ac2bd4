import { closeRestoredCopy, startAccessCopy } from '@ranselpost/kit/access-copy';
import { connectBus } from '@ranselpost/kit/bus';
import { consume } from '@ranselpost/kit/consume';
import { openDatabase } from '@ranselpost/kit/database';
import { openPlace } from '@ranselpost/kit/files/config';
import { newId } from '@ranselpost/kit/ids';
import { holdLease } from '@ranselpost/kit/lease';
import { checkMigrated } from '@ranselpost/kit/migrate';
import { openMaskinporten } from '@ranselpost/kit/outside/maskinporten';
import { startRelay } from '@ranselpost/kit/relay';
import { runPart } from '@ranselpost/kit/service';
import { erasureAcknowledgedV1 } from '@ranselpost/schema/events/notification/erasure-acknowledged.v1';
import { streams } from '@ranselpost/schema/events/streams';
import { openFiksIo, sendWithinMs } from './clients/archive/index.ts';
import { receiveBounces } from './clients/bounces/index.ts';
import { openMail } from './clients/mail/index.ts';
import { openPush } from './clients/push/index.ts';
import { openSms } from './clients/sms/index.ts';
import { openSvarUt } from './clients/svarut/index.ts';
import { config } from './config.ts';
import { onAccessRevoked } from './events/on-access-revoked.ts';
import { onAddressRead } from './events/on-address-read.ts';
import { onArchiveEntryDue } from './events/on-archive-entry-due.ts';
import { onAttendanceArchiveEntryDue } from './events/on-attendance-archive-entry-due.ts';
import { onContactFailed } from './events/on-contact-failed.ts';
import { onContactRecorded } from './events/on-contact-recorded.ts';
import { onContactsFollowed } from './events/on-contacts-followed.ts';
import { onDecisionOpened } from './events/on-decision-opened.ts';
import { onLeaveDecisionOpened } from './events/on-leave-decision-opened.ts';
import { onDecisionReleased } from './events/on-decision-released.ts';
import { onLeaveDecisionReleased } from './events/on-leave-decision-released.ts';
import { onDecisionWritten } from './events/on-decision-written.ts';
import { onLeaveDecisionWritten } from './events/on-leave-decision-written.ts';
import { onInformationRequestClosed } from './events/on-information-request-closed.ts';
import { onInformationRequestComplained } from './events/on-information-request-complained.ts';
import { onAttendanceNoticeDropped } from './events/on-attendance-notice-dropped.ts';
import { onAttendanceNoticeDue } from './events/on-attendance-notice-due.ts';
import { onPlacementArchiveEntryDue } from './events/on-placement-archive-entry-due.ts';
import { onPlacementDecisionOpened } from './events/on-placement-decision-opened.ts';
import { onPlacementDecisionReleased } from './events/on-placement-decision-released.ts';
import { onPlacementDecisionWritten } from './events/on-placement-decision-written.ts';
import { onPlacementNoticeDue } from './events/on-placement-notice-due.ts';
import { onNoticeDropped } from './events/on-notice-dropped.ts';
import { onNoticeDue } from './events/on-notice-due.ts';
import { onNoticeNameChanged } from './events/on-notice-name-changed.ts';
import { onProtectionReleased } from './events/on-protection-released.ts';
import { onPushSubscriptionChanged } from './events/on-push-subscription-changed.ts';
import { onSettingsChanged } from './events/on-settings-changed.ts';
import { migrations } from './migrations.ts';
import { exposeArchiveFigures, keepBringing } from './usecases/bring-to-archive.ts';
import type { Deps } from './usecases/deps.ts';
import { keepFollowingDecisions } from './usecases/follow-decisions.ts';
import { keepFollowingShipments } from './usecases/follow-shipments.ts';
import { erasePerson, shieldPerson } from './usecases/forget-person.ts';
import { hearOfBounce } from './usecases/hear-of-bounce.ts';
import { keepSending } from './usecases/keep-sending.ts';
import { exposeFigures } from './usecases/metrics.ts';
import type { OutboundDeps } from './usecases/outbound-deps.ts';
import { exposeLetterFigures, keepMovingLetters } from './usecases/send-letters.ts';

const service = 'notification';

await runPart(service, config, async (env, life) => {
  const { log } = life;
  const maxStaleness = env.ACCESS_MAX_STALENESS;
  const db = openDatabase({ service, url: env.DATABASE_URL, maxStaleness });
  life.onStop('database', db.close);
  life.ready('database', db.ping);
  life.ready('migrations', await checkMigrated(db, migrations));
  exposeFigures(db);
  exposeArchiveFigures(db);
  exposeLetterFigures(db);

  const bus = await connectBus(env.NATS_URL, service, log);
  life.onStop('bus', bus.close);
  life.ready('bus', bus.ping);
  const relay = startRelay({
    ...{ db, bus, log, plan: streams.find(({ name }) => name === service)! },
    onRestored: async () => closeRestoredCopy,
  });
  life.onStop('relay', relay.stop);

  const tokens = openMaskinporten({
    issuer: env.MASKINPORTEN_ISSUER,
    clientId: env.MASKINPORTEN_CLIENT_ID,
    key: env.MASKINPORTEN_KEY,
  });
  life.onStop('maskinporten', tokens.close);
  const senders = {
    EMAIL: openMail({
      ...{ host: env.SMTP_HOST, port: env.SMTP_PORT, isImplicitTls: env.SMTP_PORT === 465 },
      ...{ user: env.SMTP_USER, password: env.SMTP_PASSWORD, isVerified: env.SMTP_TLS === 'verified' },
      ...{ from: env.MAIL_FROM, bounceDomain: env.BOUNCE_DOMAIN, connections: env.SMTP_CONNECTIONS },
    }),
    SMS: openSms({
      ...{ base: env.ALTINN_URL, scope: env.ALTINN_SCOPE, sender: env.SMS_SENDER },
      ...{ tokens, connections: 16 },
    }),
    PUSH: openPush({
      ...{ key: env.VAPID_KEY, contact: env.VAPID_CONTACT, origins: env.PUSH_ORIGINS },
      connections: 32,
    }),
  };
  for (const [channel, sender] of Object.entries(senders))
    life.onStop(channel.toLowerCase(), () => sender.close());

  if (env.BOUNCE_DOMAIN !== undefined && env.BOUNCE_PORT !== undefined) {
    const bounces = await receiveBounces({
      ...{ host: env.HOST, port: env.BOUNCE_PORT, domain: env.BOUNCE_DOMAIN, log },
      onBounce: (deliveryId, bounce) => hearOfBounce({ db }, deliveryId, bounce),
    });
    life.onStop('bounces', bounces.close);
  }

  startAccessCopy({
    ...{ service, db, bus, life, maxStaleness },
    handlers: [
      onSettingsChanged,
      onNoticeNameChanged,
      onPushSubscriptionChanged,
      onAccessRevoked,
      onProtectionReleased,
      onDecisionReleased,
      onDecisionOpened,
      onDecisionWritten,
      onInformationRequestClosed,
      onInformationRequestComplained,
    ],
    erasure: { acknowledged: erasureAcknowledgedV1, erase: erasePerson },
    purge: shieldPerson,
  });
  const contacts = consume({
    ...{ db, bus, log, stream: 'registry', consumer: 'notification-contacts' },
    handlers: [onContactRecorded, onContactFailed, onContactsFollowed, onAddressRead(env.CONTACT_KEYS)],
  });
  life.onStop('contacts', contacts.stop);
  const notices = consume({
    ...{ db, bus, log, stream: 'messaging', consumer: 'notification-notices' },
    handlers: [onNoticeDue, onNoticeDropped, onArchiveEntryDue],
  });
  life.onStop('notices', notices.stop);
  const ofAttendance = consume({
    ...{ db, bus, log, stream: 'attendance', consumer: 'notification-attendance' },
    handlers: [onAttendanceNoticeDue, onAttendanceNoticeDropped],
  });
  life.onStop('notices of attendance', ofAttendance.stop);
  const ofPlacement = consume({
    ...{ db, bus, log, stream: 'placement', consumer: 'notification-placement' },
    handlers: [
      ...[onPlacementNoticeDue, onPlacementDecisionReleased],
      ...[onPlacementDecisionOpened, onPlacementDecisionWritten, onPlacementArchiveEntryDue],
    ],
  });
  life.onStop('notices of placement', ofPlacement.stop);
  const leave = consume({
    ...{ db, bus, log, stream: 'attendance', consumer: 'notification-leave' },
    handlers: [
      onLeaveDecisionReleased,
      onLeaveDecisionOpened,
      onLeaveDecisionWritten,
      onAttendanceArchiveEntryDue,
    ],
  });
  life.onStop('leave', leave.stop);

  const deps: Deps = {
    ...{ db, log, newId, senders, maxStaleness },
    now: () => new Date(),
    contactKeys: env.CONTACT_KEYS,
    openKeys: env.OUTBOUND_OPEN_KEYS,
    quietHours: env.QUIET_HOURS,
    portal: { name: env.PORTAL_NAME, url: env.PORTAL_URL },
    leaseMs: env.LEASE_MS,
    patience: { secondNoticeHours: env.SECOND_NOTICE_HOURS, paperHours: env.PAPER_HOURS },
  };
  let awaken = (): void => {};
  const listen = (): Promise<void> =>
    db
      .listen('notice', () => awaken())
      .catch(async (error: unknown) => {
        log.warn('cannot listen to what is due', { error });
        setTimeout(() => void listen(), 1_000).unref();
      });
  await listen();
  const stopping = new AbortController();
  const sending = keepSending(deps, { signal: stopping.signal, onWake: (call) => (awaken = call) });
  life.onStop('sending', async () => {
    stopping.abort();
    await sending;
  });
  const following = holdLease({ databaseUrl: env.DATABASE_URL, name: 'following', log }, async (signal) => {
    await Promise.all([
      keepFollowingShipments(deps, env.SHIPMENT_POLL_INTERVAL_MS, signal),
      keepFollowingDecisions(deps, signal),
    ]);
  });
  life.onStop('following', following.stop);

  const fiks = {
    ...{ scope: env.FIKS_SCOPE, integrationId: env.FIKS_INTEGRATION_ID, tokens },
    integrationPassword: env.FIKS_INTEGRATION_PASSWORD,
  };
  const archive = openFiksIo({
    ...{ ...fiks, base: env.FIKS_IO_URL, amqpUrl: env.FIKS_IO_AMQP_URL, accountId: env.FIKS_IO_ACCOUNT_ID },
    ...{ key: env.FIKS_IO_KEY, certificate: env.FIKS_IO_CERTIFICATE },
    ...{ archiveAccountId: env.ARCHIVE_ACCOUNT_ID, archiveCertificate: env.ARCHIVE_CERTIFICATE },
  });
  life.onStop('archive', archive.close);
  const letters = openSvarUt({ ...fiks, base: env.SVARUT_URL, accountId: env.SVARUT_ACCOUNT_ID });
  life.onStop('letters', letters.close);
  const outbound: OutboundDeps = {
    ...{ db, log, now: deps.now, contactKeys: env.CONTACT_KEYS, openKeys: env.OUTBOUND_OPEN_KEYS },
    // A file is read as fast as the archive takes it.
    ...{ files: openPlace(env, { withinMs: sendWithinMs }), archive, letters },
    municipality: env.MUNICIPALITY_NAME,
  };
  const everyMs = env.OUTBOUND_POLL_INTERVAL_MS;
  const leaving = holdLease({ databaseUrl: env.DATABASE_URL, name: 'outbound', log }, async (signal) => {
    await Promise.all([
      keepBringing(outbound, everyMs, signal),
      keepMovingLetters(outbound, everyMs, signal),
    ]);
  });
  life.onStop('outbound', leaving.stop);
});
