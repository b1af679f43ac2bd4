/** An entry of the access log: staff were told something of a child (S-11). Ids and codes, never what was told. */
export interface LogEntry {
  readonly readId: string;
  readonly service: string;
  readonly readerId: string;
  readonly capacity: string;
  /** The shared tablet at which they were told. Null where they had signed in themselves. */
  readonly tabletId: string | null;
  readonly childId: string;
  readonly kind: string;
  readonly unitId: string | null;
  readonly role: string;
  readonly rule: string;
  /** An instant as `Date.toISOString` writes it. */
  readonly readAt: string;
}

/** An entry where the log has it, with the hash of both. */
export interface SealedEntry extends LogEntry {
  readonly place: number;
  readonly hash: string;
}

/** What of a block is told to others: its place, and a hash that nothing before or in it can be changed under. */
export interface BlockHead {
  readonly number: number;
  readonly hash: string;
}

export interface Block extends BlockHead {
  readonly sealedAt: string;
  readonly previousHash: string;
  readonly entryCount: number;
}

export interface SealedBlock extends Block {
  readonly entries: readonly SealedEntry[];
}

/** SHA-256 in hex. Comes in from outside, as everything does that is not a rule. */
export type Sha256 = (text: string) => string;

/** What the first block stands on. */
export const beginning: BlockHead = { number: 0, hash: '0'.repeat(64) };

/** Seals entries into the block after another. */
export function sealBlock(
  sha256: Sha256,
  last: BlockHead,
  sealedAt: string,
  entries: readonly LogEntry[],
): SealedBlock {
  const number = last.number + 1;
  const sealed = entries.map((entry, place) => ({
    ...entry,
    place,
    hash: hashOfEntry(sha256, number, place, entry),
  }));
  const block = { number, sealedAt, previousHash: last.hash, entryCount: sealed.length, entries: sealed };
  return { ...block, hash: hashOfBlock(sha256, block) };
}

/** The first place where the log is not as it was sealed, and what is wrong there. */
export interface BrokenLink {
  readonly block: number;
  /** Its place in the block. Null when it is the block itself. */
  readonly entry: number | null;
  readonly fault:
    | 'block-missing'
    | 'does-not-follow'
    | 'entry-missing'
    | 'entry-changed'
    | 'entry-added'
    | 'block-changed'
    | 'not-what-was-told';
}

/** What others were told, and when they heard it: by the number of the block. */
export type ToldHeads = ReadonlyMap<number, { readonly hash: string; readonly heardAt: string }>;

/** Holds the next block of the log against the one before it and against what others were told. Undefined: it holds. */
export function checkBlock(
  sha256: Sha256,
  previous: BlockHead,
  block: SealedBlock,
  told: ToldHeads,
): BrokenLink | undefined {
  const number = previous.number + 1;
  const broken = (fault: BrokenLink['fault'], entry: number | null = null) => ({
    block: number,
    entry,
    fault,
  });
  if (block.number !== number) return broken('block-missing');
  if (block.previousHash !== previous.hash) return broken('does-not-follow');
  for (let place = 0; place < block.entryCount; place += 1) {
    const entry = block.entries[place];
    if (entry?.place !== place) return broken('entry-missing', place);
    if (entry.hash !== hashOfEntry(sha256, number, place, entry)) return broken('entry-changed', place);
  }
  const more = block.entries[block.entryCount];
  if (more !== undefined) return broken('entry-added', more.place);
  if (block.hash !== hashOfBlock(sha256, block)) return broken('block-changed');
  return isAsTold(block, told) ? undefined : broken('not-what-was-told');
}

/**
 * What a log that begins with `first` stands on. One that begins later than with block 1 has forgotten what was older than
 * `keptSince`: `first` has no entries any more, and is old enough, also by what others say of when they heard of it or of
 * a later block that is gone (RET-10).
 */
export function decideBeginning(
  first: SealedBlock,
  told: ToldHeads,
  keptSince: string,
): { readonly standsOn: BlockHead } | BrokenLink {
  if (first.number === 1) return { standsOn: beginning };
  const broken = (fault: BrokenLink['fault'], block = first.number) => ({ block, entry: null, fault });
  const [stray] = first.entries;
  if (stray !== undefined) return { ...broken('entry-added'), entry: stray.place };
  if (first.sealedAt >= keptSince) return broken('block-missing', first.number - 1);
  const young = [...told].filter(([number, { heardAt }]) => number <= first.number && heardAt >= keptSince);
  if (young.length > 0) return broken('block-missing', Math.min(...young.map(([number]) => number)));
  return isAsTold(first, told) ? { standsOn: first } : broken('not-what-was-told');
}

/** What is missing at the end: others have been told of a block that there is not. Undefined: nothing. */
export function decideEnd(last: BlockHead, told: ToldHeads): BrokenLink | undefined {
  const isCut = [...told.keys()].some((number) => number > last.number);
  return isCut ? { block: last.number + 1, entry: null, fault: 'block-missing' } : undefined;
}

const isAsTold = ({ number, hash }: BlockHead, told: ToldHeads): boolean =>
  (told.get(number)?.hash ?? hash) === hash;

/** Each field in its place, so that no two entries can be written alike. */
const hashOfEntry = (sha256: Sha256, block: number, place: number, entry: LogEntry): string =>
  sha256(
    JSON.stringify([
      block,
      place,
      entry.readId,
      entry.service,
      entry.readerId,
      entry.capacity,
      entry.childId,
      entry.kind,
      entry.unitId,
      entry.role,
      entry.rule,
      entry.readAt,
      // Entries from before there were tablets keep the hash that they have.
      ...(entry.tabletId === null ? [] : [entry.tabletId]),
    ]),
  );

const hashOfBlock = (sha256: Sha256, block: Omit<SealedBlock, 'hash'>): string =>
  sha256(
    JSON.stringify([block.number, block.sealedAt, block.previousHash, block.entries.map(({ hash }) => hash)]),
  );
