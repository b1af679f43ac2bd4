import type { Operation } from './operation.ts';

/** The session is over: whatever was shown has to go. */
export class SignedOut extends Error {}

/** Nobody answered, or nobody could: it may be asked again in a while. */
export class Away extends Error {}

/** Asked, and refused as a whole, with the gateway's code. */
export class Refused extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** What could not be read of an answer: the path to each field that is null for a fault, with its code. */
export type Faults = ReadonlyMap<string, string>;

export interface Answer<Data> {
  readonly data: Data;
  readonly faults: Faults;
}

interface GraphError {
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string };
}

/** Browsers refuse to let more than 64 KiB outlive a page. */
const aliveMax = 50_000;

const away = new Set([429, 502, 503, 504]);

/** Sends one registered operation. Throws `SignedOut`, `Away` or `Refused`; what is missing in part is in `faults`. */
export async function ask<Data, Variables>(
  { id }: Operation<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Answer<Data>> {
  const body = JSON.stringify({ id, variables });
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    // What nobody calls off is to arrive also where the page is closed meanwhile.
    keepalive: signal === undefined && body.length < aliveMax,
    ...(signal === undefined ? {} : { signal }),
  }).catch((cause: unknown) => {
    throw signal?.aborted === true ? cause : new Away('no answer', { cause });
  });
  if (response.status === 401) throw new SignedOut();
  if (away.has(response.status)) throw new Away(String(response.status));
  const { data, errors = [] } = (await response.json()) as {
    data?: Data | null;
    errors?: readonly GraphError[];
  };
  const codeOf = ({ extensions }: GraphError): string => extensions?.code ?? 'INTERNAL';
  if (errors.some((error) => codeOf(error) === 'UNAUTHENTICATED')) throw new SignedOut();
  if (data === undefined || data === null)
    throw new Refused(errors[0] === undefined ? 'INTERNAL' : codeOf(errors[0]));
  return { data, faults: new Map(errors.map((error) => [(error.path ?? []).join('.'), codeOf(error)])) };
}
