import type { Answer, Origin, Question } from '@ranselpost/kit/outside/http';
import type { Tokens } from '@ranselpost/kit/outside/maskinporten';
import { askWithToken } from '@ranselpost/kit/outside/with-token';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

/** What whatever is behind Fiks wants to see of whoever comes. */
export interface FiksAccess {
  readonly scope: string;
  readonly integrationId: string;
  readonly integrationPassword: string;
  readonly tokens: Tokens;
}

export type FiksQuestion = Omit<Question, 'headers'> & { readonly contentType?: string };

export const askFiks = (
  origin: Origin,
  { scope, integrationId, integrationPassword, tokens }: FiksAccess,
  { contentType, ...question }: FiksQuestion,
): Promise<Answer> =>
  askWithToken(origin, tokens, scope, {
    ...question,
    headers: async () => ({
      IntegrasjonId: integrationId,
      IntegrasjonPassord: integrationPassword,
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
    }),
  });

/** A form of parts as a stream, made anew each time that it is asked for. */
export function streamMultipart(
  parts: () => readonly {
    readonly name: string;
    readonly contentType: string;
    readonly content: AsyncIterable<Uint8Array>;
  }[],
): { readonly contentType: string; readonly body: () => Promise<Readable> } {
  const boundary = randomUUID();
  const written = async function* () {
    for (const { name, contentType, content } of parts()) {
      yield Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${name}"\r\n` +
          `Content-Type: ${contentType}\r\n\r\n`,
      );
      yield* content;
      yield Buffer.from('\r\n');
    }
    yield Buffer.from(`--${boundary}--\r\n`);
  };
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: () => Promise.resolve(Readable.from(written(), { objectMode: false })),
  };
}

/** A form of parts, as bytes: what is sent twice must be the same twice. */
export async function toMultipart(
  parts: readonly (readonly [name: string, content: Blob, fileName?: string])[],
): Promise<{ readonly contentType: string; readonly body: Buffer }> {
  const form = new FormData();
  for (const [name, content, fileName] of parts) form.append(name, content, fileName ?? name);
  const written = new Response(form);
  return {
    contentType: written.headers.get('content-type')!,
    body: Buffer.from(await written.arrayBuffer()),
  };
}
