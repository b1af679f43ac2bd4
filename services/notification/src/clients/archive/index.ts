import { streamAsice, unpackAsice } from '@ranselpost/kit/outside/asice';
import { decrypt, encryptStream } from '@ranselpost/kit/outside/cms';
import { RegisterFault } from '@ranselpost/kit/outside/fault';
import { faultOf, jsonOf, openOrigin } from '@ranselpost/kit/outside/http';
import { type ConsumeMessage, connect } from 'amqplib';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type ArchiveMessage, type EnclosedFile, toDocuments } from '../../domain/archive-message.ts';
import { type FiksAccess, askFiks, streamMultipart } from '../fiks.ts';
import { readReceipt, writeArkivmelding } from './arkivmelding.ts';

/** What the archive says to a message. */
export type ArchiveReply = { readonly messageId: string } & (
  | { readonly kind: 'TAKEN' }
  | { readonly kind: 'FILED'; readonly archiveId: string; readonly caseNumber: string | null }
  /** By its type alone: the text of a failure may repeat what was sent. */
  | { readonly kind: 'REFUSED'; readonly code: string }
  /** Nothing that we wait for. */
  | { readonly kind: 'OTHER' }
);

/** An archive that takes `arkivmelding` through Fiks IO. */
export interface Archive {
  /** Hands a document over, and the files that go with it. Answers the id under which the replies to it come. */
  send(message: ArchiveMessage, pdf: Buffer, files: readonly EnclosedFile[]): Promise<string>;
  /** Calls with each reply until the signal fires. A reply that cannot be handled comes again. */
  listen(
    handle: (reply: ArchiveReply) => Promise<void>,
    signal: AbortSignal,
    onFault: (error: unknown) => void,
  ): Promise<void>;
  close(): Promise<void>;
}

export interface FiksIoOptions extends FiksAccess {
  /** Ends in `/fiks-io/api`. */
  readonly base: string;
  readonly amqpUrl: string;
  /** Our account, and what its replies are encrypted to. */
  readonly accountId: string;
  readonly certificate: string;
  readonly key: string;
  readonly archiveAccountId: string;
  readonly archiveCertificate: string;
  /** How long to wait when the line to the replies was lost. */
  readonly againAfterMs?: number;
}

const register = 'fiks-io';
const createType = 'no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett';
/** How long a message may take to be handed over, whatever goes with it. */
export const sendWithinMs = 120_000;
const weekMs = 7 * 24 * 3_600_000;
const sentSchema = z.object({ meldingId: z.uuid() });

export function openFiksIo(options: FiksIoOptions): Archive {
  const origin = openOrigin({ register, base: options.base, retryAfterUnitMs: 1_000, connections: 4 });
  return {
    send: async (message, pdf, enclosed) => {
      const documents = toDocuments(
        message,
        { content: () => pdf, bytes: pdf.length, sha256: createHash('sha256').update(pdf).digest('hex') },
        enclosed,
      );
      const container = () =>
        streamAsice(
          [
            { name: 'arkivmelding.xml', content: Buffer.from(writeArkivmelding(message, documents)) },
            ...documents.map(({ fileName, content }) => ({ name: fileName, content: content() })),
          ],
          options,
        );
      const metadata = {
        avsenderKontoId: options.accountId,
        mottakerKontoId: options.archiveAccountId,
        meldingType: createType,
        ttl: weekMs,
        headere: { klientMeldingId: message.key },
      };
      const said = Buffer.from(JSON.stringify(metadata));
      const { body, contentType } = streamMultipart(() => [
        { name: 'metadata', contentType: 'application/json', content: Readable.from([said]) },
        {
          name: 'data',
          contentType: 'application/octet-stream',
          content: encryptStream(options.archiveCertificate, container()),
        },
      ]);
      // Sent twice is archived once, by its key; still, whoever gets no answer waits before the next try.
      const operation = 'send';
      const answer = await askFiks(origin, options, {
        ...{
          operation,
          method: 'POST',
          path: '/v1/send',
          body,
          contentType,
          isOnce: true,
          deadlineMs: sendWithinMs,
        },
      });
      if (answer.status !== 200 && answer.status !== 201) throw faultOf(answer, register, operation);
      const parsed = sentSchema.safeParse(jsonOf(answer, register, operation));
      if (!parsed.success) throw new RegisterFault('refused', { register, operation, code: 'shape' });
      return parsed.data.meldingId;
    },
    listen: async (handle, signal, onFault) => {
      while (!signal.aborted) {
        try {
          await listenOnce(options, handle, signal);
        } catch (error) {
          onFault(error);
        }
        await sleep(options.againAfterMs ?? 2_000, undefined, { signal }).catch(() => {});
      }
    },
    close: () => origin.close(),
  };
}

/** Takes what comes on one connection, in order, until it is lost or the signal fires. */
async function listenOnce(
  options: FiksIoOptions,
  handle: (reply: ArchiveReply) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { tokens, scope, integrationId, integrationPassword } = options;
  const { protocol, hostname, port } = new URL(options.amqpUrl);
  const connection = await connect(
    {
      ...{ protocol: protocol.replace(':', ''), hostname, username: integrationId, heartbeat: 15 },
      ...(port === '' ? {} : { port: Number(port) }),
      // The token is in the password: Fiks knows a queue's owner by it.
      password: `${integrationPassword} ${await tokens.token(scope)}`,
    },
    { timeout: 10_000 },
  );
  const lost = new Promise<void>((resolve, reject) => {
    connection.on('error', reject);
    connection.on('close', () => resolve());
  });
  const end = (): void => void connection.close().catch(() => {});
  signal.addEventListener('abort', end, { once: true });
  try {
    const channel = await connection.createChannel();
    await channel.prefetch(1);
    let failed: (error: unknown) => void = () => {};
    const failure = new Promise<never>((_resolve, reject) => (failed = reject));
    let work = Promise.resolve();
    const take = async (message: ConsumeMessage): Promise<void> => {
      await handle(await readReply(options, message));
      channel.ack(message);
    };
    channel.on('error', failed);
    await channel.consume(`fiksio.konto.${options.accountId}`, (message) => {
      if (message === null) return failed(new Error('the queue is gone'));
      work = work.then(() => take(message)).catch(failed);
    });
    await Promise.race([lost, failure]);
    await work;
  } finally {
    signal.removeEventListener('abort', end);
    lost.catch(() => {});
    await connection.close().catch(() => {});
  }
}

const replySchema = z.object({ type: z.string(), 'svar-til': z.uuid() });

async function readReply(
  options: FiksIoOptions,
  { properties, content }: ConsumeMessage,
): Promise<ArchiveReply> {
  const headers = replySchema.safeParse(
    Object.fromEntries(
      Object.entries(properties.headers ?? {}).map(([key, value]) => [
        key,
        Buffer.isBuffer(value) ? value.toString() : value,
      ]),
    ),
  );
  if (!headers.success) return { kind: 'OTHER', messageId: '' };
  const { type, 'svar-til': messageId } = headers.data;
  if (type === `${createType}.mottatt`) return { kind: 'TAKEN', messageId };
  // The published list of types spells one of them `no.ks.fik.arkiv`.
  const refused = /^no\.ks\.fiks?\.(?:arkiv\.v1\.feilmelding|kvittering)\.([a-z]{1,40})$/.exec(type);
  if (refused !== null) return { kind: 'REFUSED', messageId, code: refused[1]! };
  if (type !== `${createType}.kvittering`) return { kind: 'OTHER', messageId };
  try {
    const files = await unpackAsice(await decrypt(options.certificate, options.key, content));
    const receipt = readReceipt(Buffer.from(files['arkivmelding-kvittering.xml'] ?? []).toString());
    return receipt === null
      ? { kind: 'REFUSED', messageId, code: 'registreringfeilet' }
      : { kind: 'FILED', messageId, ...receipt };
  } catch {
    // Read again it would be no better; the message is sent again, and answered again.
    return { kind: 'REFUSED', messageId, code: 'unreadable' };
  }
}
