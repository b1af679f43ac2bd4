import { openStack } from '@ranselpost/infra/dev/stack';
import { type Window, openWindow as openWindowOn } from '@ranselpost/infra/visitor/window';
import { inject } from 'vitest';

export { type Window, barriers, desktop } from '@ranselpost/infra/visitor/window';

/** A browser in front of the stack of the journeys. */
export const openWindow = (): Promise<Window> =>
  openWindowOn(openStack({ ...inject('stack'), fsync: false, tell: () => {} }));
