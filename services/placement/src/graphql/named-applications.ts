import { AppError } from '@ranselpost/kit/pure/errors';
import { shownApplication } from './application.ts';
import type { Context } from './context.ts';
import type { PlacementApplicationModel } from './types.ts';

/** An application that is named somewhere; null where it may not be shown. */
export async function shownOrNull(
  context: Context,
  id: string | null,
): Promise<PlacementApplicationModel | null> {
  if (id === null) return null;
  try {
    return await shownApplication(context, id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

/** Those of some applications that may be shown. */
export async function namedApplications(
  context: Context,
  ids: readonly string[],
): Promise<PlacementApplicationModel[]> {
  const found = await Promise.all(ids.map((id) => shownOrNull(context, id)));
  return found.filter((one) => one !== null);
}
