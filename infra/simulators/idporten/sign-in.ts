import { formsOf, open, sendsItself } from './browser.ts';
import type { Page, SentForm } from './browser.ts';
import { CookieJar } from './cookie-jar.ts';

export { CookieJar } from './cookie-jar.ts';

export interface SignIn {
  /** The address that starts a login, such as the gateway's. */
  readonly startUrl: string;
  /** A national number, a name from the golden families such as `F1.mother`, a Feide name, or `eidas`. */
  readonly pid: string;
  /** The level to choose; without it, the one that the page has marked. */
  readonly acr?: string;
  /** The cookies of an earlier visit; an open single sign-on session shows no login page. */
  readonly jar?: CookieJar;
}

export interface Walk {
  readonly jar: CookieJar;
  /** Every page and redirect on the way, in order. */
  readonly pages: readonly Page[];
  /** The answer to the first request that came back to where the walk started, from the issuer. */
  readonly callback: Page | undefined;
}

export class SignInFailed extends Error {
  readonly walk: Walk;
  constructor(message: string, walk: Walk) {
    const last = walk.pages.at(-1);
    super(`${message} (${last?.status} from ${last && withoutQuery(last.url)})`);
    this.name = 'SignInFailed';
    this.walk = walk;
  }
}

/**
 * Logs a person in as a browser would, following every redirect: start, authorization, the login page's form, and
 * back. Answers the cookies, and throws where the login did not come back or was refused there.
 */
export async function signIn(wish: SignIn): Promise<CookieJar> {
  const walk = await walkSignIn(wish);
  if (!walk.callback) throw new SignInFailed('the login did not come back to where it started', walk);
  if (walk.callback.status >= 400) throw new SignInFailed('the login was refused', walk);
  return walk.jar;
}

/** The same walk for those who expect a refusal: answers what was seen and judges nothing. */
export async function walkSignIn({ startUrl, pid, acr, jar = new CookieJar() }: SignIn): Promise<Walk> {
  const start = new URL(startUrl).origin;
  const pages: Page[] = [];
  let callback: Page | undefined;
  let isChosen = false;
  let next: { readonly url: string; readonly form?: SentForm } | undefined = { url: startUrl };
  while (next && pages.length < 30) {
    const page: Page = await open(jar, next.url, next.form);
    const isBack =
      new URL(page.url).origin === start && pages.some((one) => new URL(one.url).origin !== start);
    if (isBack) callback ??= page;
    pages.push(page);
    next = onward(page);
  }
  return { jar, pages, callback };

  function onward(page: Page): { readonly url: string; readonly form?: SentForm } | undefined {
    if (page.location !== undefined) return { url: page.location };
    const forms = formsOf(page);
    const { origin } = new URL(page.url);
    const login = forms.find((form) => form.id === 'sign-in');
    if (login && !isChosen) {
      isChosen = true;
      const fields = new URLSearchParams({ ...login.fields, pid, ...(acr && { acr }) });
      return { url: login.action, form: { fields, origin } };
    }
    const itself = sendsItself(page) ? forms[0] : undefined;
    return itself && { url: itself.action, form: { fields: new URLSearchParams(itself.fields), origin } };
  }
}

function withoutQuery(address: string): string {
  const url = new URL(address);
  return `${url.origin}${url.pathname}`;
}
