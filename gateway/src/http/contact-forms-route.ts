import type { FastifyInstance } from 'fastify';
import type { FormUnits } from '../form-directory.ts';
import type { Rates } from './rates.ts';

/**
 * Where every unit's contact form is, for whoever has no login yet (M22): units that the open registers list themselves. A form
 * is filled in by signing in, with the id of its unit. Anybody's cache may keep it for five minutes.
 */
export function contactFormsRoute(
  http: FastifyInstance,
  { directory, rates }: { readonly directory: () => Promise<FormUnits>; readonly rates: Rates },
): void {
  http.get('/contact-forms', async (request, reply) => {
    await rates.ofAddress(request);
    const units = await directory();
    return reply.header('cache-control', 'public, max-age=300').send({ units });
  });
}
