/**
 * Where a browser goes after a login: a path of our own, and nothing that another site could have made of it. Anything
 * else is the start page.
 */
export function toReturnPath(wanted: unknown, publicUrl: string): string {
  if (typeof wanted !== 'string' || wanted.length > 500 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(wanted))
    return '/';
  const own = new URL(publicUrl);
  const target = new URL(wanted, own);
  return target.origin === own.origin && !target.pathname.startsWith('//')
    ? `${target.pathname}${target.search}${target.hash}`
    : '/';
}
