import { CookieJar, signIn } from '../simulators/idporten/sign-in.ts';

export interface GraphAnswer<Data> {
  readonly status: number;
  readonly data: Data | null | undefined;
  readonly codes: readonly string[];
}

/** Somebody at the gateway's door: signs in as a browser does, keeps the cookies, and asks the graph. */
export class Visitor {
  readonly gatewayUrl: string;
  readonly jar: CookieJar;

  constructor(gatewayUrl: string, jar: CookieJar = new CookieJar()) {
    this.gatewayUrl = gatewayUrl;
    this.jar = jar;
  }

  /** `who` is a national number, a golden name such as `F1.mother`, or a staff login. Follows every redirect. */
  static async signedIn(
    gatewayUrl: string,
    kind: 'guardian' | 'staff',
    who: string,
    level?: 'high',
  ): Promise<Visitor> {
    const wish = level === undefined ? '' : `?level=${level}`;
    const jar = await signIn({ startUrl: new URL(`/login/${kind}${wish}`, gatewayUrl).href, pid: who });
    return new Visitor(gatewayUrl, jar);
  }

  async ask<Data>(query: string, variables: object = {}): Promise<GraphAnswer<Data>> {
    const url = new URL('/graphql', this.gatewayUrl);
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url.origin, cookie: this.jar.header(url) },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(15_000),
    });
    const answer = (await response.json()) as {
      data?: Data | null;
      errors?: readonly { readonly extensions?: { readonly code?: string } }[];
    };
    return {
      status: response.status,
      data: answer.data,
      codes: (answer.errors ?? []).map(({ extensions }) => extensions?.code ?? 'none'),
    };
  }

  /** Sends a file in, and answers what has become of it. Throws for one that is refused. */
  async sendFile(name: string, content: Buffer): Promise<{ readonly id: string; readonly state: string }> {
    const url = new URL('/files', this.gatewayUrl);
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name) },
        ...{ origin: url.origin, cookie: this.jar.header(url) },
      },
      body: new Uint8Array(content),
      signal: AbortSignal.timeout(60_000),
    });
    const answer = (await response.json()) as { file?: { id: string; state: string } };
    if (answer.file === undefined) throw new Error(`not taken: ${response.status} ${JSON.stringify(answer)}`);
    return answer.file;
  }

  /** Fetches what a link of the graph leads to. */
  fetchFile(path: string): Promise<Response> {
    const url = new URL(path, this.gatewayUrl);
    return fetch(url, { headers: { cookie: this.jar.header(url) }, signal: AbortSignal.timeout(60_000) });
  }
}
