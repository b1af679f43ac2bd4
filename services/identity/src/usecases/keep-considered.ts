import * as considered from '../store/considered-children.ts';
import type { EventDeps } from './deps.ts';

/**
 * Keeps what placement says of a child, whichever way it came and however often; an older word changes nothing (S-24). Of somebody who is nobody here, or
 * was erased, nothing is kept (RET-08).
 */
export const keepConsidered = ({ db }: EventDeps, word: considered.ConsideredWord): Promise<void> =>
  considered.keep(db, word);
