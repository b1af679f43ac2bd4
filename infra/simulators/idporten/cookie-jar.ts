interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly expiresAt: number;
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The cookies of a browser, kept apart by origin: on one machine every part answers under the same host name, and
 * cookies that wandered from one port to another would hide a mistake that shows elsewhere.
 */
export class CookieJar {
  readonly #origins = new Map<string, Cookie[]>();

  /** Takes the `set-cookie` lines of an answer, and refuses those that a browser would refuse. */
  store(address: string | URL, lines: readonly string[]): void {
    const url = new URL(address);
    for (const line of lines) {
      const cookie = parse(line, url);
      if (!cookie) continue;
      const others = (this.#origins.get(url.origin) ?? []).filter(
        (other) => other.name !== cookie.name || other.path !== cookie.path,
      );
      this.#origins.set(url.origin, [...others, cookie]);
    }
  }

  /** The `cookie` header for an address; the longest path comes first, as browsers do it. */
  header(address: string | URL): string {
    return this.#for(new URL(address))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  get(address: string | URL, name: string): string | undefined {
    return this.#for(new URL(address)).find((cookie) => cookie.name === name)?.value;
  }

  #for(url: URL): Cookie[] {
    return (this.#origins.get(url.origin) ?? [])
      .filter(({ path, expiresAt }) => expiresAt > Date.now() && covers(path, url.pathname))
      .sort((one, other) => other.path.length - one.path.length);
  }
}

function covers(path: string, asked: string): boolean {
  return asked === path || asked.startsWith(path.endsWith('/') ? path : `${path}/`);
}

function parse(line: string, url: URL): Cookie | undefined {
  const [pair = '', ...rest] = line.split(';').map((part) => part.trim());
  const cut = pair.indexOf('=');
  const attributes = new Map(rest.map((part) => splitOnce(part)));
  const [name, value] = [pair.slice(0, cut), pair.slice(cut + 1)];
  const isSecure = attributes.has('secure');
  const givenPath = attributes.get('path');
  const path = givenPath?.startsWith('/') ? givenPath : url.pathname.replace(/\/[^/]*$/, '') || '/';
  if (cut < 1 || (isSecure && url.protocol !== 'https:' && !loopback.has(url.hostname))) return undefined;
  if (name.startsWith('__Host-') && (!isSecure || attributes.has('domain') || givenPath !== '/'))
    return undefined;
  if (name.startsWith('__Secure-') && !isSecure) return undefined;
  return { name, value, path, expiresAt: expiry(attributes) };
}

function splitOnce(part: string): [string, string] {
  const cut = part.indexOf('=');
  return cut < 0 ? [part.toLowerCase(), ''] : [part.slice(0, cut).toLowerCase(), part.slice(cut + 1)];
}

function expiry(attributes: ReadonlyMap<string, string>): number {
  const maxAge = attributes.get('max-age');
  if (maxAge !== undefined) return Date.now() + Number(maxAge) * 1000;
  const expires = attributes.get('expires');
  return expires === undefined ? Number.POSITIVE_INFINITY : Date.parse(expires);
}
