import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { Faults } from '../common/faults.ts';
import type { Box } from './box.ts';

export const mailFaultKinds = ['refuse', 'greylist', 'reject', 'cut', 'slow'] as const;

/** What everybody who relays mail through here logs in as. */
export interface MailLogin {
  readonly user: string;
  readonly password: string;
}

export interface MailRelay {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * A relay for mail, as an operator of mail gives one: STARTTLS, a login, and one message after another on a connection.
 * `refuse` answers nobody (421) · `greylist` puts a recipient off (450) · `reject {to?, status?}` knows no such recipient (550) ·
 * `cut` takes a message and breaks the connection before it says so · `slow {ms}`.
 */
export async function startMail(options: {
  readonly box: Box;
  readonly faults: Faults;
  readonly login: MailLogin;
  readonly port: number;
  readonly host: string;
}): Promise<MailRelay> {
  const { box, faults, login } = options;
  const refusal = (status: number, text: string): Error =>
    Object.assign(new Error(text), { responseCode: status });
  const strike = (kind: (typeof mailFaultKinds)[number]) => faults.strike(kind, 'mail');

  const server = new SMTPServer({
    name: 'relay.example.test',
    banner: 'simulated relay',
    authMethods: ['PLAIN', 'LOGIN'],
    size: 1_000_000,
    logger: false,
    disableReverseLookup: true,
    closeTimeout: 500,
    onConnect: (_session, done) => done(strike('refuse') ? refusal(421, '4.3.2 not now') : null),
    onAuth: ({ username, password }, _session, done) =>
      username === login.user && password === login.password
        ? done(null, { user: username })
        : done(refusal(535, '5.7.8 no such login')),
    onRcptTo: ({ address }, _session, done) => {
      if (strike('greylist')) return done(refusal(450, '4.7.1 try again later'));
      const rejects = faults
        .list()
        .some(({ kind, settings }) => kind === 'reject' && (settings['to'] ?? address) === address);
      const fault = rejects ? strike('reject') : undefined;
      if (fault) return done(refusal(Number(fault.settings['status'] ?? 550), '5.1.1 no such mailbox here'));
      return done();
    },
    onData: (stream, session, done) => {
      void (async () => {
        try {
          const chunks: Buffer[] = [];
          for await (const chunk of stream) chunks.push(chunk as Buffer);
          const slow = strike('slow');
          if (slow) await pause(Number(slow.settings['ms'] ?? 1_000));
          const mail = await PostalMime.parse(Buffer.concat(chunks));
          for (const { address } of session.envelope.rcptTo)
            box.take({
              ...{ channel: 'EMAIL', to: address, key: mail.messageId ?? '' },
              ...{ subject: mail.subject ?? '', text: mail.text ?? '' },
              returnPath: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address,
            });
          if (strike('cut')) {
            for (const connection of server.connections)
              if (connection.id === session.id) connection._socket?.destroy();
            return;
          }
          done(null, `2.0.0 taken as ${session.id}`);
        } catch (error) {
          done(error as Error);
        }
      })();
    },
  });
  server.on('error', () => {});
  server.listen(options.port, options.host);
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
