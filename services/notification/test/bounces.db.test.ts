import { newId } from '@ranselpost/kit/ids';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTransport } from 'nodemailer';
import { type BouncesOptions, receiveBounces } from '../src/clients/bounces/index.ts';
import { returnPathOf } from '../src/domain/bounce.ts';
import { hearOfBounce } from '../src/usecases/hear-of-bounce.ts';
import { dropNotice } from '../src/usecases/keep-notice.ts';
import { world, person, due, states, becomes, taken, startSending } from './sending.ts';
import { bounceDomain } from './world.ts';

startSending();

describe('a mail that comes back (RFC 3464, N15)', () => {
  let bounces: Awaited<ReturnType<typeof receiveBounces>>;
  let isAway = false;
  const taker = {
    onBounce: async (...[deliveryId, bounce]: Parameters<BouncesOptions['onBounce']>) => {
      if (isAway) throw new Error('the database is away');
      await hearOfBounce(world.deps, deliveryId, bounce);
    },
  };
  beforeAll(async () => {
    const { log } = world.life;
    bounces = await receiveBounces({ host: '127.0.0.1', port: 0, domain: bounceDomain, log, ...taker });
  });
  afterAll(() => bounces.close());

  /** Sends as a mail server does that could not deliver; answers what it was told: 250, or a refusal. */
  const comeBack = async (to: string, { status = '5.1.1', from = '', type = 'delivery-status' } = {}) => {
    const transport = createTransport({ host: '127.0.0.1', port: bounces.port, ignoreTLS: true });
    const raw = [
      `Content-Type: multipart/report; report-type=${type}; boundary=b`,
      ...['MIME-Version: 1.0', 'Subject: Undelivered', '', '--b', 'Content-Type: text/plain', '', 'Sorry.'],
      ...['--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example.test', ''],
      ...[`Final-Recipient: rfc822; a@example.test`, 'Action: failed', `Status: ${status}`, ''],
      ...['--b', 'Content-Type: message/rfc822', '', 'Subject: Ny melding', '', 'x', '--b--', ''],
    ].join('\r\n');
    try {
      await transport.sendMail({ envelope: { from, to: [to] }, raw });
      return 250;
    } catch (error) {
      return (error as { responseCode?: number }).responseCode;
    } finally {
      transport.close();
    }
  };
  const sent = async () => {
    await world.contact(person, { mobile: { value: '+4790000003', verifiedAt: null } });
    const noticeId = await due([person]);
    await becomes(noticeId, 'DONE TOLD');
    return { noticeId, returnPath: taken('EMAIL')[0]!.returnPath! };
  };
  const failing = () => world.database.admin`select channel, code from failing where person_id = ${person}`;

  test('goes on by text message, once, and the next is not mailed where the address is wrong', async () => {
    const { noticeId, returnPath } = await sent();
    isAway = true;
    expect(await comeBack(returnPath)).toBe(451);
    isAway = false;
    expect(await comeBack(returnPath)).toBe(250);
    await becomes(noticeId, 'DONE TOLD');
    await eventually(() => expect(taken('SMS')).toHaveLength(1));
    expect(await comeBack(returnPath)).toBe(250);
    expect(await failing()).toMatchObject([{ channel: 'EMAIL', code: 'DSN_5.1.1' }]);
    await becomes(await due([person]), 'DONE TOLD');
    expect([taken('EMAIL').length, taken('SMS').length]).toEqual([1, 2]);
  });

  test('is tried again where the mailbox is full, and no more where it was read meanwhile', async () => {
    const full = await sent();
    expect(await comeBack(full.returnPath, { status: '5.2.2' })).toBe(250);
    await eventually(() => expect(taken('SMS')).toHaveLength(1));
    expect(await failing()).toEqual([]);
    world.sink.box.empty();
    const read = await sent();
    await world.deps.db.asService((tx) => dropNotice(tx, { noticeId: read.noticeId, recipients: [person] }));
    expect(await comeBack(read.returnPath)).toBe(250);
    expect(await states(read.noticeId)).toEqual(['DONE TOLD']);
  });

  test('is taken to nobody else, from nobody who has a name, and says nothing where it is no report', async () => {
    const { noticeId, returnPath } = await sent();
    expect(await comeBack(returnPath, { from: 'somebody@example.test' })).toBe(550);
    expect(await comeBack(`postmaster@${bounceDomain}`)).toBe(550);
    expect(await comeBack(returnPath.replace(bounceDomain, 'example.test'))).toBe(550);
    // An answer that is the same for a delivery that never was: nobody learns which there are.
    expect(await comeBack(returnPathOf(newId(), bounceDomain))).toBe(250);
    expect(await comeBack(returnPath, { type: 'disposition-notification' })).toBe(250);
    expect(await comeBack(returnPath, { status: '4.2.2' })).toBe(250);
    expect(await states(noticeId)).toEqual(['DONE TOLD']);
    expect(await failing()).toEqual([]);
  });
});
