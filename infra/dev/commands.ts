export type Command = (args: readonly string[]) => Promise<number>;

/** What `npm run …` can do. Each is loaded when it is asked for: a start need not wait for tools that only a check uses. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => {
    const { start } = await import('./start.ts');
    return (args) => start(args);
  },
  stop: async () => {
    const { stop } = await import('./start.ts');
    return () => stop();
  },
  reset: async () => {
    const { reset } = await import('./reset.ts');
    return () => reset();
  },
  demo: async () => (await import('./play.ts')).playDemo,
  bench: async () => (await import('./play.ts')).runBenches,
  placement: async () => (await import('./play.ts')).runPlacement,
  'placement:replay': async () => (await import('./play.ts')).replayPlacement,
  chaos: async () => (await import('../chaos/command.ts')).runChaos,
  test: async () => (await import('./test.ts')).test,
  screenshots: async () => (await import('./screenshots.ts')).screenshots,
  mutate: async () => (await import('./mutate.ts')).mutate,
  'test-services': async () => (await import('./test.ts')).testServices,
  check: async () => (await import('./check.ts')).check,
  codegen: async () => (await import('../codegen/command.ts')).codegen,
  compose: async () => (await import('./compose.ts')).compose,
  format: async () => (await import('./check.ts')).format,
  licences: async () => (await import('../checks/licences.ts')).licences,
};
