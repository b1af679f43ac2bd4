import { AppError } from './pure/errors.ts';

/** Answers what `work` answers, or fails with `UNAVAILABLE` after `ms`. The work itself is not stopped by it. */
export async function within<Value>(ms: number, what: string, work: Promise<Value>): Promise<Value> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new AppError('UNAVAILABLE', `${what} took over ${ms} ms`)), ms);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
