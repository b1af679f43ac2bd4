import { decryptNumber } from '@ranselpost/kit/numbers';
import { RegisterFault } from '@ranselpost/kit/outside/fault';
import type { DueReading, RegisterName } from '../store/readings.ts';
import type { ReadDeps } from './deps.ts';
import { inPieces } from './in-pieces.ts';

/** What came of reading a person. */
export type Outcome =
  /** `content` is what is told, sealed. */
  | { readonly kind: 'read'; readonly content: unknown; readonly isProtected?: boolean }
  /** `reason` is a word of ours or a code of the register's; `isOfDocument`: asking again would bring the same. */
  | { readonly kind: 'unreadable'; readonly reason: string; readonly isOfDocument: boolean };

/**
 * Asks a register about some persons by their numbers, and says of each what came of it. Numbers are in the clear for as
 * long as it takes and no longer; one that does not open, because its key is gone, is that person's trouble alone.
 */
export async function askForEach(
  { keys, log }: ReadDeps,
  register: RegisterName,
  due: readonly DueReading[],
  ask: (numbers: readonly string[]) => Promise<readonly Outcome[]>,
): Promise<Outcome[]> {
  const outcomes = new Map<string, Outcome>();
  const open: { personId: string; number: string }[] = [];
  for (const { personId, number } of due) {
    try {
      open.push({ personId, number: decryptNumber(keys.numbers, personId, number) });
    } catch {
      outcomes.set(personId, { kind: 'unreadable', reason: 'key', isOfDocument: false });
    }
  }
  const answers =
    open.length === 0 ? [] : await inPieces(open, (some) => ask(some.map(({ number }) => number)));
  for (const [place, { personId }] of open.entries()) {
    const answer = answers[place]!;
    outcomes.set(
      personId,
      answer instanceof RegisterFault
        ? { kind: 'unreadable', reason: answer.details.code ?? 'refused', isOfDocument: false }
        : answer,
    );
  }
  return due.map(({ personId, attempts }) => {
    const outcome = outcomes.get(personId)!;
    if (outcome.kind === 'unreadable') {
      const { reason } = outcome;
      log.error('what a register says of a person cannot be read', {
        register,
        reason,
        attempt: attempts + 1,
      });
    }
    return outcome;
  });
}
