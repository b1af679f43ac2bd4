import { ensureDatabase, ensureRoles } from '@ranselpost/kit/roles';

/** The password of a role, by the role's name. */
export type PasswordOf = (role: string) => string;

/**
 * Gives each service its database and its roles on a server that may have some of them already. Passwords are set anew, so
 * that what the launcher knows is what holds.
 */
export async function prepareServer(
  adminUrl: string,
  passwordOf: PasswordOf,
  services: readonly string[],
): Promise<void> {
  for (const service of services) {
    await ensureRoles(adminUrl, {
      service,
      ownerPassword: passwordOf(`${service}_owner`),
      password: passwordOf(service),
    });
    await ensureDatabase(adminUrl, service);
  }
}

/** The address of a service's database, as one of its two logins. */
export function databaseUrl(adminUrl: string, service: string, role: string, password: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${service}`;
  url.username = role;
  url.password = password;
  return url.href;
}
