import type { Answer, Origin, Question } from '@ranselpost/kit/outside/http';
import type { Tokens } from '@ranselpost/kit/outside/maskinporten';
import { askWithToken } from '@ranselpost/kit/outside/with-token';

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
