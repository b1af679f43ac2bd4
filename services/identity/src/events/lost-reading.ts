import type { ConsumeOptions } from '@ranselpost/kit/consume';
import { isId } from '@ranselpost/kit/pure/ids';
import { personRecordedV1 } from '@ranselpost/schema/events/registry/person-recorded.v1';
import { readingFailedV1 } from '@ranselpost/schema/events/registry/reading-failed.v1';
import type { Surroundings } from '../usecases/deps.ts';
import { holdUnreadable } from '../usecases/hold-unreadable.ts';
import { noteLostReading } from '../usecases/note-interruption.ts';

/** What is done when a word of the registers is put aside as a dead letter. Whoever it was about is held (GUA-01, S-02). */
export const lostReading =
  (deps: Surroundings): NonNullable<ConsumeOptions['onDead']> =>
  async (tx, envelope, said) => {
    const event = { ...deps, db: tx };
    await noteLostReading(event);
    const [type, personId] = [envelope?.type ?? said.type, envelope?.subject ?? said.about];
    if (personId === null || !isAboutAPerson(type, personId)) return;
    await holdUnreadable(event, [{ personId, revision: revisionOf(envelope?.data), isLost: true }]);
  };

/** In whatever version: what a new one says may be that somebody's right has ended. */
const isAboutAPerson = (type: string, subject: string): boolean =>
  isId(subject) &&
  [personRecordedV1, readingFailedV1].some((contract) => sameButForVersion(type, contract.type));

const sameButForVersion = (one: string, other: string): boolean =>
  one.replace(/\d+$/, '') === other.replace(/\d+$/, '');

const highest = 2 ** 31 - 2;

function revisionOf(data: unknown): number | null {
  const revision =
    typeof data === 'object' && data !== null ? (data as { revision?: unknown }).revision : null;
  return Number.isSafeInteger(revision) && (revision as number) > 0 && (revision as number) <= highest
    ? (revision as number)
    : null;
}
