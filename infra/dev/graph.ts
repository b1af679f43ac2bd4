/** Something to be done once what it names in `after` has been done. */
export type Job = {
  readonly name: string;
  readonly after: readonly string[];
  readonly run: () => Promise<void>;
};

/**
 * Does all jobs, each as soon as it can be. After the first failure nothing new is begun; what has begun is waited for, so
 * that nothing goes on behind the back of whoever cleans up. Throws that first failure.
 */
export async function runGraph(jobs: readonly Job[]): Promise<void> {
  const known = new Map(jobs.map((job) => [job.name, job]));
  const begun = new Map<string, Promise<boolean>>();
  let failure: { readonly error: unknown } | undefined;

  const begin = (name: string, trail: readonly string[]): Promise<boolean> => {
    const running = begun.get(name);
    if (running !== undefined) return running;
    const job = known.get(name);
    if (job === undefined)
      throw new Error(`${trail.at(-1) ?? 'something'} waits for ${name}, which does not exist`);
    if (trail.includes(name)) throw new Error(`a circle: ${[...trail, name].join(' waits for ')}`);
    const before = job.after.map((other) => begin(other, [...trail, name]));
    const done = (async () => {
      const held = await Promise.all(before);
      if (failure !== undefined || held.includes(false)) return false;
      try {
        await job.run();
        return true;
      } catch (error) {
        failure ??= { error };
        return false;
      }
    })();
    begun.set(name, done);
    return done;
  };

  await Promise.all(jobs.map((job) => begin(job.name, [])));
  if (failure !== undefined) throw failure.error;
}
