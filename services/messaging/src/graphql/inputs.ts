import { readPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { WantedFile } from '../domain/bulletin-file.ts';
import type { Guarding } from '../domain/guarded.ts';
import type { Place } from '../domain/place.ts';
import type { AboutStaff } from '../domain/safety-concern.ts';

const noId = '00000000-0000-0000-0000-000000000000';

/** Children as a caller named them, each once. What is no id names no child. */
export function readChildIds(ids: readonly string[]): readonly string[] {
  if (ids.length < 1 || ids.length > 10) throw new AppError('BAD_USER_INPUT', 'one to ten children');
  if (!ids.every(isId)) throw new AppError('NOT_FOUND');
  return [...new Set(ids)].toSorted();
}

/** A unit as a caller named it. What is no id is a unit that no child is at. */
export const readUnitId = (id: string): string => (isId(id) ? id : noId);

/** Own children as a caller chose them, or none. What is no id is nobody's child. */
export function readOwnChildIds(ids: readonly string[] = []): readonly string[] {
  if (ids.length > 10) throw new AppError('BAD_USER_INPUT', 'ten children at most');
  return [...new Set(ids.map((id) => (isId(id) ? id : noId)))];
}

export function readKey(key: string): string {
  if (key.length < 1 || key.length > 64)
    throw new AppError('BAD_USER_INPUT', 'an idempotency key has 1 to 64 characters');
  // What a draft becomes goes by the draft's id, so that it is sent once whoever sends it.
  if (key.startsWith('draft:')) throw new AppError('BAD_USER_INPUT', 'a key of ours');
  return key;
}

/** A list that a caller may fill in only in one capacity, and not without end. */
export function readFor<One>(given: readonly One[] | undefined, isOpen: boolean): readonly One[] {
  const list = given ?? [];
  if (list.length > 20 || (list.length > 0 && !isOpen))
    throw new AppError('BAD_USER_INPUT', 'a list that is too long, or not this caller’s to fill in');
  return list;
}

/** Files as a caller named them. How many may go with a message is not for here; what is no id is a file that is not there. */
export function readFileIds(ids: readonly string[] | undefined): readonly string[] {
  if ((ids ?? []).length > 100) throw new AppError('BAD_USER_INPUT', 'a list that is too long');
  return (ids ?? []).map((id) => (isId(id) ? id : noId));
}

/** The id of what a caller names. What is no id is nothing that there is. */
export function readIdOf(id: string): string {
  if (!isId(id)) throw new AppError('NOT_FOUND');
  return id.toLowerCase();
}

/** Groups in a unit as a caller named them; left out: the whole unit. */
export function readGroups(unitId: string, groupIds: readonly string[] | null | undefined): readonly Place[] {
  if (groupIds == null) return [{ unitId, groupId: null }];
  if (groupIds.length < 1 || groupIds.length > 50)
    throw new AppError('BAD_USER_INPUT', '1 to 50 groups, or the whole unit');
  return groupIds.map((id) => ({ unitId, groupId: readIdOf(id) }));
}

/** Files as a caller named them, to go with what is said to many, and whom each shows. */
export function readWantedFiles(
  files: readonly {
    readonly attachmentId: string;
    readonly childIds?: readonly string[] | null | undefined;
  }[] = [],
): readonly WantedFile[] {
  if (files.length > 100 || files.some(({ childIds }) => (childIds ?? []).length > 100))
    throw new AppError('BAD_USER_INPUT', 'a list that is too long');
  return files.map(({ attachmentId, childIds }) => ({
    id: isId(attachmentId) ? attachmentId : noId,
    childIds: childIds ?? null,
  }));
}

/** How the writer's own device has judged a text (MSG-10). */
export function readGuarding({
  isReread,
  knownNames,
}: {
  readonly isReread?: boolean;
  readonly knownNames?: readonly string[];
}): Guarding {
  const names = knownNames ?? [];
  if (names.length > 50 || names.some((name) => name.length > 100))
    throw new AppError('BAD_USER_INPUT', 'too many names, or one that is too long');
  return { isReread: isReread ?? false, knownNames: names };
}

const aheadMs = 90 * 86_400_000;

/** When something is to go out; null: as soon as can be. Whether that is over already is for the rules to say. */
export function readSendTime(at: string | null | undefined, now: Date): Date | null {
  if (at === null || at === undefined) return null;
  const time = new Date(at);
  if (time.getTime() > now.getTime() + aheadMs)
    throw new AppError('BAD_USER_INPUT', 'what waits goes out within 90 days');
  return time;
}

/** Where a page of a list goes on that goes by ids: the id that the one before ended with. */
export function readListPage(page: Parameters<typeof readPage>[0]): {
  readonly first: number;
  readonly after: string | null;
} {
  const { first, after } = readPage(page);
  if (after !== null && !isId(after)) throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
  return { first, after };
}

/** Who of the staff a caller says that something is about. What is no id is nobody. */
export function readAboutStaff(
  given: { readonly isLeader?: boolean; readonly staffIds?: readonly string[] } | null | undefined,
): AboutStaff {
  const { isLeader = false, staffIds = [] } = given ?? {};
  if (staffIds.length > 10) throw new AppError('BAD_USER_INPUT', 'ten of the staff at most');
  return { isLeader, personIds: [...new Set(staffIds.map((id) => (isId(id) ? id.toLowerCase() : noId)))] };
}
