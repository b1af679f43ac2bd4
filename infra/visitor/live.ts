import type { Visitor } from './visitor.ts';

export interface LiveStream {
  /** What has come so far, as it came. */
  readonly heard: () => string;
  /** True as soon as the gateway has closed it. */
  readonly isClosed: () => boolean;
  close(): void;
}

/** Opens the visitor's stream of hints. Throws where the gateway gives none. */
export async function openLive(visitor: Visitor): Promise<LiveStream> {
  const url = new URL('/live', visitor.gatewayUrl);
  const stop = new AbortController();
  const response = await fetch(url, { headers: { cookie: visitor.jar.header(url) }, signal: stop.signal });
  if (response.status !== 200 || response.body === null) throw new Error(`no stream: ${response.status}`);
  let heard = '';
  let isClosed = false;
  const read = async (body: ReadableStream<Uint8Array>): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of body) heard += decoder.decode(chunk, { stream: true });
  };
  void read(response.body)
    .catch(() => {})
    .finally(() => (isClosed = true));
  return { heard: () => heard, isClosed: () => isClosed, close: () => stop.abort() };
}
