import { turbo } from '../dev/turbo.ts';

/** Makes what follows from the contracts and is not committed. Turbo skips the parts whose contracts did not change. */
export const codegen = (args: readonly string[]): Promise<number> => Promise.resolve(turbo('codegen', args));
