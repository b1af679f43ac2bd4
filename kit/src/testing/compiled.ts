const folder = process.env['NODE_COMPILE_CACHE'];

/** For the environment of a process that a test starts: where Node finds what other processes have compiled. */
export const compiled: Readonly<Record<string, string>> =
  folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
