import type { Visitor } from '@ranselpost/infra/visitor/visitor';

/** An answer to the byte, without what differs between any two answers. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: string;
  readonly text: string;
}

const ofTheMoment = /^(date|x-request-id|x-ratelimit-.*|ratelimit.*)$/;

/** Asks and answers what came over the wire: two answers that tell nothing apart are the same here. */
export async function askRaw(visitor: Visitor, query: string, variables: object = {}): Promise<RawAnswer> {
  const url = new URL('/graphql', visitor.gatewayUrl);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url.origin, cookie: visitor.jar.header(url) },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(15_000),
  });
  const headers = [...response.headers].filter(([name]) => !ofTheMoment.test(name));
  return { status: response.status, headers: JSON.stringify(headers), text: await response.text() };
}
