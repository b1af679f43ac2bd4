import { decryptNumber } from '@ranselpost/kit/numbers';
import { RegisterFault } from '../clients/fault.ts';
import type { DueReading } from '../store/readings.ts';
import type { Keys } from './deps.ts';
import { inPieces } from './in-pieces.ts';

export type Asked<Value> =
  | { readonly kind: 'answered'; readonly value: Value }
  /** `reason` is a word of ours or a code of the register's. */
  | { readonly kind: 'unanswered'; readonly reason: string };

/**
 * Asks a register about some persons by their numbers, and says of each what came of it. Numbers are in the clear for as
 * long as it takes and no longer; one that does not open, because its key is gone, is that person's trouble alone.
 */
export async function askForEach<Value>(
  keys: Keys,
  due: readonly DueReading[],
  ask: (numbers: readonly string[]) => Promise<readonly Value[]>,
): Promise<Map<string, Asked<Value>>> {
  const asked = new Map<string, Asked<Value>>();
  const open: { personId: string; number: string }[] = [];
  for (const { personId, number } of due) {
    try {
      open.push({ personId, number: decryptNumber(keys.numbers, personId, number) });
    } catch {
      asked.set(personId, { kind: 'unanswered', reason: 'key' });
    }
  }
  if (open.length === 0) return asked;
  const answers = await inPieces(open, (some) => ask(some.map(({ number }) => number)));
  for (const [place, { personId }] of open.entries()) {
    const answer = answers[place];
    asked.set(
      personId,
      answer instanceof RegisterFault
        ? { kind: 'unanswered', reason: answer.details.code ?? 'refused' }
        : { kind: 'answered', value: answer as Value },
    );
  }
  return asked;
}
