import nodemailer from 'nodemailer';
import { returnPathOf } from '../../domain/bounce.ts';
import type { Outcome, Sender } from '../sender.ts';

export interface MailOptions {
  readonly host: string;
  readonly port: number;
  /** From the first byte; otherwise STARTTLS, without which nothing is sent. */
  readonly isImplicitTls: boolean;
  readonly user: string;
  readonly password: string;
  /** Whether the relay has to show a certificate that is trusted. */
  readonly isVerified: boolean;
  /** Who it is from: a name and an address, or an address. Bounces go to the address. */
  readonly from: string;
  /** The domain that mail goes back to, each to an address of its own; left out: to whom it is from. */
  readonly bounceDomain?: string | undefined;
  readonly connections: number;
}

/**
 * Mail through a relay, over connections that stay open. A relay can take a message and die before it says so; nobody can ask
 * it afterwards. The message is then handed over again under the same Message-ID, by which mail stores know it (RFC 5322
 * § 3.6.4): at least once on the wire.
 */
export function openMail(options: MailOptions): Sender<string> {
  const { from, bounceDomain } = options;
  const domain = from.slice(from.lastIndexOf('@') + 1).replace(/>$/, '');
  const transport = nodemailer.createTransport({
    pool: true,
    maxConnections: options.connections,
    maxMessages: 1_000,
    // Whether it is tried again is ours to decide, and written down.
    maxRequeues: 0,
    host: options.host,
    port: options.port,
    secure: options.isImplicitTls,
    requireTLS: !options.isImplicitTls,
    auth: { user: options.user, pass: options.password },
    tls: { rejectUnauthorized: options.isVerified },
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async (to, { deliveryId, title, open, url }): Promise<Outcome> => {
      try {
        await transport.sendMail({
          ...{ from, to: { name: '', address: to }, subject: title },
          text: `${open}\n${url}\n`,
          messageId: `<${deliveryId}@${domain}>`,
          ...(bounceDomain === undefined
            ? {}
            : { envelope: { from: returnPathOf(deliveryId, bounceDomain), to } }),
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        });
        return { kind: 'ACCEPTED', outsideId: null };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/** What a relay says of the recipient or the message for good is final; what it says of us, or does not say, is not. */
function outcomeOf(error: unknown): Outcome {
  const { responseCode = 0, command = '' } = error as { responseCode?: number; command?: string };
  const code = responseCode === 0 ? 'NO_ANSWER' : `SMTP_${responseCode}`;
  const isFinal = responseCode >= 500 && responseCode < 600 && (command === 'RCPT TO' || command === 'DATA');
  return isFinal ? { kind: 'REFUSED', code } : { kind: 'AWAY', code };
}
