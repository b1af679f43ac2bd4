import { open, seal } from '@ranselpost/kit/seal';
import { z } from 'zod';
import * as texts from '../store/texts.ts';
import type { EventDeps } from './deps.ts';

const content = z.string();

/** Stores what somebody wrote, sealed, and answers its id; null for nothing. */
export async function keepText(deps: EventDeps, text: string | null): Promise<string | null> {
  if (text === null) return null;
  const { keys } = deps.numbers;
  const textId = deps.newId();
  await texts.insert(deps.db, { textId, keyId: keys.current, sealed: await seal(keys, textId, text) });
  return textId;
}

/** The texts behind some ids, as far as the transaction may read them. */
export async function openTexts(
  deps: EventDeps,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const stored = await texts.byIds(deps.db, ids);
  return new Map(
    await Promise.all(
      stored.map(
        async ({ textId, sealed }) =>
          [textId, await open(deps.numbers.keys, textId, sealed, content)] as const,
      ),
    ),
  );
}
