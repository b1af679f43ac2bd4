import { randomUUID } from 'node:crypto';
import type { Provider } from 'oidc-provider';
import type { Faults } from '../common/faults.ts';
import type { IssuerProfile } from './profile.ts';
import { text } from './text.ts';

export const responseFaultKinds = ['wrong-response-iss', 'wrong-state'] as const;

/** Spoils the redirect that carries the code back: another issuer's name (mix-up), or a state nobody sent. */
export function responseFaults(profile: IssuerProfile, faults: Faults): Parameters<Provider['use']>[0] {
  return async (ctx, next) => {
    await next();
    const location = ctx.response.get('location');
    if (!ctx.path.startsWith(profile.routes.authorization) || !URL.canParse(location)) return;
    const onward = new URL(location);
    if (!onward.searchParams.has('code')) return;
    const iss = faults.strike('wrong-response-iss', 'authorization');
    if (iss) onward.searchParams.set('iss', text(iss.settings['iss'], 'https://issuer.invalid'));
    if (faults.strike('wrong-state', 'authorization')) onward.searchParams.set('state', randomUUID());
    ctx.redirect(onward.href);
  };
}
