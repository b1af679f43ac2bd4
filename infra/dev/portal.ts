import { Mendable } from './say.ts';
import { turbo } from './turbo.ts';

/** Builds the portal, where anything of it has changed. */
export function buildPortal(): Promise<void> {
  if (turbo('build', ['--filter=@ranselpost/portal']) !== 0)
    throw new Mendable('The portal could not be built; see above.');
  return Promise.resolve();
}
