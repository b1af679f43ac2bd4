import { describe, expect, test } from 'vitest';
import { CookieJar } from './cookie-jar.ts';

const gateway = 'http://localhost:4000';

describe('the cookies of a simulated browser', () => {
  test('go back to the origin they came from, and to no other port', () => {
    const jar = new CookieJar();
    jar.store(`${gateway}/auth/callback`, ['session=abc; Path=/; HttpOnly; SameSite=Lax']);
    expect(jar.header(`${gateway}/graphql`)).toBe('session=abc');
    expect(jar.header('http://localhost:4020/')).toBe('');
  });

  test('are sent for their path alone, the longest first', () => {
    const jar = new CookieJar();
    jar.store(`${gateway}/`, ['step=all; Path=/', 'step=one; Path=/interaction/1']);
    expect(jar.header(`${gateway}/interaction/1/login`)).toBe('step=one; step=all');
    expect(jar.header(`${gateway}/interaction/12`)).toBe('step=all');
  });

  test('are forgotten when they are cleared or their time is up', () => {
    const jar = new CookieJar();
    jar.store(gateway, ['a=1; Path=/', 'b=1; Path=/; Max-Age=0', 'c=1; Path=/; Max-Age=60']);
    jar.store(gateway, ['a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT']);
    expect(jar.header(gateway)).toBe('c=1');
  });

  test.each([
    ['a host cookie that is not secure', '__Host-s=1; Path=/'],
    ['a host cookie with a domain', '__Host-s=1; Path=/; Secure; Domain=localhost'],
    ['a host cookie for a path', '__Host-s=1; Path=/app; Secure'],
    ['a secure name without the attribute', '__Secure-s=1; Path=/'],
  ])('are refused as a browser refuses %s', (_what, line) => {
    const jar = new CookieJar();
    jar.store(gateway, [line]);
    expect(jar.header(gateway)).toBe('');
  });

  test('that are secure are taken over plain HTTP from this machine only', () => {
    const jar = new CookieJar();
    jar.store(gateway, ['__Host-session=abc; Path=/; Secure; HttpOnly']);
    jar.store('http://portal.example.test', ['session=abc; Path=/; Secure']);
    expect(jar.get(gateway, '__Host-session')).toBe('abc');
    expect(jar.header('http://portal.example.test')).toBe('');
  });
});
