import type { Visitor } from '@ranselpost/infra/visitor/visitor';

/** Somebody with a session, or a machine with its token and no cookie. */
export interface Asker extends Pick<Visitor, 'gatewayUrl' | 'jar'> {
  readonly token?: string;
}

/** An answer to the byte, without what differs between any two answers. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: string;
  readonly text: string;
}

const ofTheMoment = /^(date|x-request-id|x-ratelimit-.*|ratelimit.*)$/;

/** Asks and answers what came over the wire: two answers that tell nothing apart are the same here. */
export async function askRaw(asker: Asker, query: string, variables: object = {}): Promise<RawAnswer> {
  const url = new URL('/graphql', asker.gatewayUrl);
  const who =
    asker.token === undefined
      ? { cookie: asker.jar.header(url) }
      : { authorization: `Bearer ${asker.token}` };
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url.origin, ...who },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(15_000),
  });
  const headers = [...response.headers].filter(([name]) => !ofTheMoment.test(name));
  return { status: response.status, headers: JSON.stringify(headers), text: await response.text() };
}

/** Some at a time: the machine has two cores. */
export async function inTurns<One>(all: Iterable<One>, work: (one: One) => Promise<unknown>): Promise<void> {
  const waiting = [...all];
  const run = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: 6 }, run));
}
