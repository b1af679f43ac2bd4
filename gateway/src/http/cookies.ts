import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * `__Host-` makes the browser insist on Secure, on the path `/` and on this host alone, so that no neighbouring host can
 * plant one. Browsers count http://localhost as secure.
 */
const sessionCookie = '__Host-session';
const loginCookie = '__Host-login';
const browserCookie = '__Host-browser';
const tabletCookie = '__Host-tablet';
const always = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;
const loginSeconds = 600;
/** As long as browsers keep any cookie. */
const browserSeconds = 400 * 24 * 3600;

export const sessionSecretOf = (request: FastifyRequest): string | undefined =>
  request.cookies[sessionCookie];
export const loginSecretOf = (request: FastifyRequest): string | undefined => request.cookies[loginCookie];
export const browserSecretOf = (request: FastifyRequest): string | undefined =>
  request.cookies[browserCookie];
export const tabletSecretOf = (request: FastifyRequest): string | undefined => request.cookies[tabletCookie];

export const setSession = (reply: FastifyReply, secret: string): FastifyReply =>
  reply.setCookie(sessionCookie, secret, always);
export const setLogin = (reply: FastifyReply, secret: string): FastifyReply =>
  reply.setCookie(loginCookie, secret, { ...always, maxAge: loginSeconds });
export const setBrowser = (reply: FastifyReply, secret: string): FastifyReply =>
  reply.setCookie(browserCookie, secret, { ...always, maxAge: browserSeconds });
/** No other site's page, nor a link in one, finds the device out. */
export const setTablet = (reply: FastifyReply, secret: string): FastifyReply =>
  reply.setCookie(tabletCookie, secret, { ...always, sameSite: 'strict', maxAge: browserSeconds });

export const clearSession = (reply: FastifyReply): FastifyReply => reply.clearCookie(sessionCookie, always);
export const clearLogin = (reply: FastifyReply): FastifyReply => reply.clearCookie(loginCookie, always);
