import { readConfigOrExit } from '@ranselpost/kit/service';
import { z } from 'zod';
import { say } from '../dev/say.ts';
import { prepareServer } from '../postgres/roles.ts';
import { servicesWithDatabase } from '../postgres/services.ts';

/** What the job reads that gives each service its database and its roles. */
export const prepareConfig = z.object({
  POSTGRES_ADMIN_URL: z.url({ protocol: /^postgres(ql)?$/ }).describe('the server, as a superuser'),
  ROLE_PASSWORDS: z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('must be JSON');
        return z.NEVER;
      }
    })
    .pipe(z.record(z.string(), z.string().min(16)))
    .describe('JSON with a password for each role that logs in'),
});

if (process.argv[1] === import.meta.filename) {
  const { POSTGRES_ADMIN_URL, ROLE_PASSWORDS } = readConfigOrExit(prepareConfig);
  const passwordOf = (role: string): string => {
    const password = ROLE_PASSWORDS[role];
    if (password === undefined) throw new Error(`ROLE_PASSWORDS has none for ${role}`);
    return password;
  };
  await prepareServer(POSTGRES_ADMIN_URL, passwordOf, servicesWithDatabase);
  say('databases and roles are there');
}
