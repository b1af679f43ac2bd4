import { RegisterFault } from '@ranselpost/kit/outside/fault';

const pieces = 10;

/**
 * Asks about many at once, and where the register cannot answer for all, finds those it cannot answer for: one bad record
 * must not keep the others from being read. When no piece gets an answer the register itself is ailing, and that is
 * thrown as being away. Answers keep the order of the items.
 */
export async function inPieces<Item, Value>(
  items: readonly Item[],
  read: (items: readonly Item[]) => Promise<readonly Value[]>,
  isWhole = true,
): Promise<(Value | RegisterFault)[]> {
  try {
    return [...(await read(items))];
  } catch (fault) {
    if (!(fault instanceof RegisterFault) || fault.kind === 'away') throw fault;
    if (items.length === 1) return [fault];
    const parts = split(items);
    const first = await Promise.all(parts.map((part) => tryOnce(part, read)));
    if (isWhole && first.every((answer) => answer instanceof RegisterFault))
      throw new RegisterFault('away', fault.details, { cause: fault });
    const answers: (Value | RegisterFault)[] = [];
    for (const [place, part] of parts.entries()) {
      const answer = first[place]!;
      if (!(answer instanceof RegisterFault)) answers.push(...answer);
      else if (part.length === 1) answers.push(answer);
      else answers.push(...(await inPieces(part, read, false)));
    }
    return answers;
  }
}

function split<Item>(items: readonly Item[]): Item[][] {
  const size = Math.ceil(items.length / pieces);
  return Array.from({ length: Math.ceil(items.length / size) }, (_, place) =>
    items.slice(place * size, (place + 1) * size),
  );
}

async function tryOnce<Item, Value>(
  part: readonly Item[],
  read: (items: readonly Item[]) => Promise<readonly Value[]>,
): Promise<readonly Value[] | RegisterFault> {
  try {
    return await read(part);
  } catch (fault) {
    if (fault instanceof RegisterFault && fault.kind === 'refused') return fault;
    throw fault;
  }
}
