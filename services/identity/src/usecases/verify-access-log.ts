import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import {
  type BlockHead,
  type BrokenLink,
  type ToldHeads,
  beginning,
  checkBlock,
  decideBeginning,
  decideEnd,
} from '../domain/access-log.ts';
import * as log from '../store/access-log.ts';
import type { Deps } from './deps.ts';
import { sha256 } from './keep-access-log.ts';

const blocksAtOnce = 500;

export interface Verified {
  readonly blocks: number;
  readonly entries: number;
  readonly upTo: BlockHead;
  /** How many of the hashes that others hold were met. */
  readonly heads: number;
}

/** Goes through the whole log from its beginning, and stops at the first link that does not hold (S-11). */
export async function verifyAccessLog(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  told: ToldHeads,
): Promise<Result<Verified, BrokenLink>> {
  const read = (from: number) => db.asService((tx) => log.blocks(tx, from, blocksAtOnce));
  const keptSince = new Date(now());
  keptSince.setUTCFullYear(keptSince.getUTCFullYear() - 1);

  let batch = await read(0);
  let last: BlockHead = beginning;
  let found = { blocks: 0, entries: 0, heads: 0 };
  const [first] = batch;
  if (first !== undefined) {
    const begins = decideBeginning(first, told, keptSince.toISOString());
    if ('fault' in begins) return refuse(begins);
    last = begins.standsOn;
    if (last.number === first.number) batch = await read(first.number + 1);
  }
  while (batch.length > 0) {
    for (const block of batch) {
      const broken = checkBlock(sha256, last, block, told);
      if (broken !== undefined) return refuse(broken);
      last = block;
      found = {
        blocks: found.blocks + 1,
        entries: found.entries + block.entryCount,
        heads: found.heads + (told.has(block.number) ? 1 : 0),
      };
    }
    batch = await read(last.number + 1);
  }
  const { number, hash } = last;
  const stray = await db.asService((tx) => log.strayEntry(tx, number));
  const broken = stray ?? decideEnd(last, told);
  return broken === undefined ? accept({ ...found, upTo: { number, hash } }) : refuse(broken);
}
