import type { Log } from '@ranselpost/kit/log';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { type Bounce, deliveryOf, readDeliveryStatus } from '../../domain/bounce.ts';

export interface BouncesOptions {
  readonly host: string;
  readonly port: number;
  /** The domain that mail goes back to, whose mail the municipality's relay hands on to this port. */
  readonly domain: string;
  readonly log: Log;
  /** Writes down what became of a delivery. While it fails, the relay is told to come again. */
  readonly onBounce: (deliveryId: string, bounce: Extract<Bounce, { kind: 'FAILED' }>) => Promise<void>;
}

/** A report holds the mail that failed, and ours are small. */
const sizeMost = 256 * 1024;

/**
 * Takes mail that came back, by SMTP. It is taken from nobody but the empty sender, as reports are (RFC 3464 § 2), and to the
 * return path of one delivery; anything else is no such mailbox. What a delivery's report says is believed because nobody but its
 * receiver and who carried it knows that address. Whether there is such a delivery is told to nobody.
 */
export async function receiveBounces(
  options: BouncesOptions,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const { domain, log, onBounce } = options;
  const server = new SMTPServer({
    name: domain,
    banner: 'returned mail only',
    // The relay is on the same private network: nobody logs in, and what comes names a mail and not a person.
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: sizeMost,
    maxClients: 20,
    socketTimeout: 20_000,
    closeTimeout: 2_000,
    logger: false,
    disableReverseLookup: true,
    onMailFrom: ({ address }, _session, done) =>
      done(address === '' ? null : refusal(550, '5.7.1 reports only')),
    onRcptTo: ({ address }, { envelope }, done) => {
      if (deliveryOf(address, domain) === undefined) return done(refusal(550, '5.1.1 no such mailbox'));
      return done(envelope.rcptTo.length > 0 ? refusal(452, '4.5.3 one at a time') : null);
    },
    onData: (stream, { envelope }, done) => {
      void (async () => {
        try {
          const chunks: Buffer[] = [];
          for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
          if (stream.sizeExceeded) return done(refusal(552, '5.3.4 too big'));
          const deliveryId = deliveryOf(envelope.rcptTo[0]!.address, domain)!;
          const bounce = await readReport(Buffer.concat(chunks));
          if (bounce.kind === 'FAILED') await onBounce(deliveryId, bounce);
          return done(null, '2.0.0 taken');
        } catch (error) {
          log.warn('a returned mail could not be taken in', { error });
          return done(refusal(451, '4.3.0 try again later'));
        }
      })();
    },
  });
  server.on('error', (error) => log.warn('a connection with returned mail failed', { error }));
  server.listen(options.port, options.host);
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const refusal = (responseCode: number, text: string): Error =>
  Object.assign(new Error(text), { responseCode });

/** What a mail reports, if it is a report as a whole; one that somebody forwarded within another says nothing. */
async function readReport(mail: Buffer): Promise<Bounce> {
  let parsed;
  try {
    parsed = await PostalMime.parse(mail, {
      ...{ forceRfc822Attachments: true, maxNestingDepth: 8, maxHeadersSize: 64 * 1024 },
    });
  } catch {
    // Not mail, or made to be hard to read: the same as one that says nothing, and no reason to have it sent again.
    return { kind: 'NOTHING' };
  }
  const type = parsed.headers.find(({ key }) => key === 'content-type')?.value ?? '';
  if (!/^\s*multipart\/report\b/i.test(type) || !/report-type\s*=\s*"?delivery-status\b/i.test(type))
    return { kind: 'NOTHING' };
  const reports = parsed.attachments.filter(({ mimeType }) => mimeType === 'message/delivery-status');
  if (reports.length !== 1) return { kind: 'NOTHING' };
  const { content } = reports[0]!;
  return readDeliveryStatus(
    typeof content === 'string' ? content : Buffer.from(content as ArrayBuffer).toString('latin1'),
  );
}
