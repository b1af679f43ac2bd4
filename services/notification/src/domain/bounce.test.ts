import { describe, expect, test } from 'vitest';
import { deliveryOf, readDeliveryStatus, returnPathOf } from './bounce.ts';

const report = (...recipients: readonly string[]): string =>
  [`Reporting-MTA: dns; mx.example.test\nArrival-Date: Sat, 21 Nov 2026 10:00:00 +0100`, ...recipients].join(
    '\n\n',
  );
const recipient = (action: string, status: string): string =>
  `Final-Recipient: rfc822; a@example.test\nAction: ${action}\nStatus: ${status}`;

describe('a report of a delivery (RFC 3464)', () => {
  test.each([
    ['no such mailbox', '5.1.1', true],
    ['no such host', '5.1.2', true],
    ['a mailbox that is closed', '5.2.1', true],
    ['a mailbox that is full', '5.2.2', false],
    ['taken for spam', '5.7.1', false],
    ['our own address refused', '5.1.8', false],
    ['no reason', '5.0.0', false],
  ])('says that the mail failed, and whether the address did: %s', (_what, status, isAddress) => {
    const code = `DSN_${status}`;
    expect(readDeliveryStatus(report(recipient('failed', status)))).toEqual({
      kind: 'FAILED',
      code,
      isAddress,
    });
    const folded = report(
      `Final-Recipient: rfc822;\n a@example.test\nACTION:  Failed\nstatus:\t${status} (words\n here)`,
    );
    expect(readDeliveryStatus(folded.replaceAll('\n', '\r\n'))).toMatchObject({ kind: 'FAILED', code });
  });

  test.each([
    ['it is late', report(recipient('delayed', '4.4.1'))],
    ['it is late, with a final status', report(recipient('delayed', '5.1.1'))],
    ['it failed for now', report(recipient('failed', '4.2.2'))],
    ['it was passed on', report(recipient('relayed', '2.0.0'))],
    ['it came to one of two places', report(recipient('failed', '5.1.1'), recipient('delivered', '2.0.0'))],
    ['a status is none', report(recipient('failed', '5.1.1'), recipient('failed', 'User unknown'))],
    ['it names no recipient', report('Action: failed\nStatus: 5.1.1')],
    ['it says what is about the message alone', report()],
    ['it is no report', 'Your mail to a@example.test failed: 5.1.1'],
    ['it is empty', ''],
  ])('says nothing where %s', (_why, text) => {
    expect(readDeliveryStatus(text)).toEqual({ kind: 'NOTHING' });
  });

  test('comes back to an address that names the delivery, and to no other', () => {
    const id = '0193498a-5a00-7000-8000-000000000001';
    const address = returnPathOf(id, 'bounces.example.test');
    expect(address.split('@')[0]!.length).toBeLessThanOrEqual(64);
    expect(deliveryOf(address, 'bounces.example.test')).toBe(id);
    expect(deliveryOf(address.toUpperCase(), 'bounces.example.test')).toBe(id);
    for (const other of [
      `b-${id}@elsewhere.example.test`,
      `${id}@bounces.example.test`,
      `b-${id}x@bounces.example.test`,
      'b-1@bounces.example.test',
      'postmaster@bounces.example.test',
      'nothing',
    ])
      expect(deliveryOf(other, 'bounces.example.test')).toBeUndefined();
  });
});
