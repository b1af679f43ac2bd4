import { AwsV4Signer } from 'aws4fetch';
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream, openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../pure/errors.ts';
import { type FileStore, type StoredFile, checkName } from './store.ts';

export interface ObjectStoreOptions {
  /** The address of the bucket: `https://s3.example.no/bucket`. */
  readonly bucket: URL;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** For an answer and all of what it holds. */
  readonly withinMs?: number;
}

const nothing = createHash('sha256').digest('hex');

/** Files in a bucket of an object store that speaks S3. */
export function objectStore({
  bucket,
  region,
  accessKeyId,
  secretAccessKey,
  withinMs = 30_000,
}: ObjectStoreOptions): FileStore {
  const base = bucket.href.replace(/\/+$/, '');

  const send = async (
    method: string,
    path: string,
    { body, sha256 = nothing }: { readonly body?: Blob; readonly sha256?: string } = {},
  ): Promise<Response> => {
    const signer = new AwsV4Signer({
      ...{ accessKeyId, secretAccessKey, region, service: 's3', method, url: `${base}${path}` },
      headers: { 'x-amz-content-sha256': sha256 },
    });
    const { url, headers } = await signer.sign();
    const signal = AbortSignal.timeout(withinMs);
    let answer: Response;
    try {
      answer = await fetch(url, { method, headers, signal, ...(body === undefined ? {} : { body }) });
    } catch (cause) {
      throw new AppError('UNAVAILABLE', 'the object store did not answer', { cause });
    }
    if (answer.ok) return answer;
    await answer.body?.cancel();
    if (answer.status === 404) throw new AppError('NOT_FOUND', 'no such stored file');
    throw new AppError('UNAVAILABLE', `the object store answered ${answer.status}`);
  };

  return {
    /** By way of a temporary file: the store wants the length and the sum before the content. */
    put: async (name, content) => {
      const path = `/${checkName(name)}`;
      const temporary = join(tmpdir(), `file-${randomUUID()}`);
      try {
        const sum = createHash('sha256');
        const summed = async function* () {
          for await (const chunk of content) {
            sum.update(chunk);
            yield chunk;
          }
        };
        const target = createWriteStream(temporary, { mode: 0o600 });
        await pipeline(Readable.from(summed(), { objectMode: false }), target);
        const answer = await send('PUT', path, {
          body: await openAsBlob(temporary),
          sha256: sum.digest('hex'),
        });
        await answer.body?.cancel();
        return target.bytesWritten;
      } finally {
        await rm(temporary, { force: true });
      }
    },
    get: async (name) => {
      const { body } = await send('GET', `/${checkName(name)}`);
      return body === null ? Readable.from([]) : Readable.fromWeb(body as ReadableStream);
    },
    remove: async (name) => {
      const answer = await send('DELETE', `/${checkName(name)}`).catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'NOT_FOUND') return undefined;
        throw error;
      });
      await answer?.body?.cancel();
    },
    list: async function* (): AsyncGenerator<StoredFile> {
      let after: string | undefined = '';
      while (after !== undefined) {
        const page = await send(
          'GET',
          `/?list-type=2&max-keys=1000${after === '' ? '' : `&continuation-token=${encodeURIComponent(after)}`}`,
        );
        const text = await page.text();
        for (const [, item] of text.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
          const name = /<Key>([^<]+)<\/Key>/.exec(item!)?.[1];
          const writtenAt = /<LastModified>([^<]+)<\/LastModified>/.exec(item!)?.[1];
          if (name !== undefined && writtenAt !== undefined) yield { name, writtenAt: new Date(writtenAt) };
        }
        after = /<NextContinuationToken>([^<]+)<\/NextContinuationToken>/.exec(text)?.[1];
      }
    },
  };
}
