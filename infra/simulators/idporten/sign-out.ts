import { attribute, open } from './browser.ts';
import type { Page } from './browser.ts';
import { CookieJar } from './cookie-jar.ts';

export interface SignOut {
  readonly jar: CookieJar;
  readonly pages: readonly Page[];
  /** The answers of the addresses that the logout page loaded in frames. */
  readonly frames: readonly Page[];
}

/**
 * Logs out as a browser would: follows the redirects to the issuer, loads the frames of its logout page without
 * any cookie, as browsers that keep third parties' cookies away do, and goes on from there.
 */
export async function signOut(logoutUrl: string, jar: CookieJar): Promise<SignOut> {
  const pages: Page[] = [];
  const frames: Page[] = [];
  let next: string | undefined = logoutUrl;
  while (next !== undefined && pages.length < 30) {
    const page: Page = await open(jar, next);
    pages.push(page);
    for (const [tag] of page.body.matchAll(/<iframe\b[^>]*>/gi)) {
      const address = attribute(tag, 'src');
      if (address !== undefined) frames.push(await open(new CookieJar(), address));
    }
    next = page.location ?? continueAddress(page);
  }
  return { jar, pages, frames };
}

function continueAddress(page: Page): string | undefined {
  const link = /<a id="continue"[^>]*>/.exec(page.body)?.[0];
  const address = link === undefined ? undefined : attribute(link, 'href');
  return address === undefined ? undefined : new URL(address, page.url).href;
}
