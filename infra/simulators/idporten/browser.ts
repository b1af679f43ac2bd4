import { request } from 'undici';
import type { CookieJar } from './cookie-jar.ts';

export interface Page {
  readonly url: string;
  readonly status: number;
  readonly body: string;
  readonly location: string | undefined;
}

export interface SentForm {
  readonly fields: URLSearchParams;
  /** Where the page with the form came from. */
  readonly origin: string;
}

export interface Form {
  readonly id: string | undefined;
  readonly action: string;
  readonly method: 'GET' | 'POST';
  /** Hidden fields, and the choice that is marked among radio buttons. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What a browser sends when it goes from page to page; a server may look at the `sec-fetch` headers. */
const navigation = {
  accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8',
  'accept-language': 'nb',
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  'upgrade-insecure-requests': '1',
};

/** One step of a browser: a page with its cookies taken, and no redirect followed. */
export async function open(jar: CookieJar, url: string, form?: SentForm): Promise<Page> {
  const cookie = jar.header(url);
  const response = await request(url, {
    method: form === undefined ? 'GET' : 'POST',
    headers: {
      ...navigation,
      ...(cookie !== '' && { cookie }),
      ...(form !== undefined && {
        'content-type': 'application/x-www-form-urlencoded',
        origin: form.origin,
      }),
    },
    ...(form !== undefined && { body: form.fields.toString() }),
  });
  jar.store(url, [response.headers['set-cookie'] ?? []].flat());
  const body = await response.body.text();
  const location = [response.headers['location'] ?? []].flat()[0];
  const isRedirect = response.statusCode >= 300 && response.statusCode < 400 && location !== undefined;
  return {
    url,
    status: response.statusCode,
    body,
    location: isRedirect ? new URL(location, url).href : undefined,
  };
}

export function formsOf({ url, body }: Page): Form[] {
  return [...body.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)].map(([, head = '', inside = '']) => ({
    id: attribute(head, 'id'),
    action: new URL(attribute(head, 'action') ?? '', url).href,
    method: attribute(head, 'method')?.toLowerCase() === 'post' ? 'POST' : 'GET',
    fields: Object.fromEntries(
      [...inside.matchAll(/<input\b([^>]*)>/gi)].flatMap(([, input = '']) => {
        const type = attribute(input, 'type');
        const isSent = type === 'hidden' || (type === 'radio' && /\schecked\b/i.test(input));
        return isSent ? [[attribute(input, 'name') ?? '', attribute(input, 'value') ?? '']] : [];
      }),
    ),
  }));
}

/** Pages that send their form by script, such as the response mode `form_post`. */
export function sendsItself(page: Page): boolean {
  return /document\.forms\[0\]\.submit\(\)/.test(page.body);
}

export function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(tag)?.[1];
  return found === undefined ? undefined : decodeEntities(found);
}

export function decodeEntities(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return text.replace(/&(?:#(\d+)|(amp|lt|gt|quot));/g, (_all, code?: string, name?: string) =>
    code !== undefined ? String.fromCodePoint(Number(code)) : (named[name ?? ''] ?? ''),
  );
}
