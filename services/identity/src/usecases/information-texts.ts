import type { Tx } from '@ranselpost/kit/database';
import type { KeyRing } from '@ranselpost/kit/keys';
import { open, seal } from '@ranselpost/kit/seal';
import { z } from 'zod';
import * as texts from '../store/information-texts.ts';

export type Texts = Readonly<Partial<Record<texts.TextKind, string>>>;

type Place = Pick<texts.StoredText, 'requestId' | 'kind'>;

/** A text is bound to its case and to what it is there: moved, it does not open. */
const aboutOf = ({ requestId, kind }: Place): string => `${requestId}:${kind}`;

const sealText = async (keys: KeyRing, place: Place, text: string): Promise<texts.StoredText> => ({
  requestId: place.requestId,
  kind: place.kind,
  keyId: keys.current,
  sealed: await seal(keys, aboutOf(place), text),
});

const openText = (keys: KeyRing, text: texts.StoredText): Promise<string> =>
  open(keys, aboutOf(text), text.sealed, z.string());

/** Stores texts of a case, sealed. */
export async function writeTexts(tx: Tx, keys: KeyRing, requestId: string, written: Texts): Promise<void> {
  const sealed = Object.entries(written).map(([kind, text]) =>
    sealText(keys, { requestId, kind: kind as texts.TextKind }, text),
  );
  await texts.insert(tx, await Promise.all(sealed));
}

/** The texts of some cases, those of them that the actor may read, in the clear. */
export async function readTexts(
  tx: Tx,
  keys: KeyRing,
  requestIds: readonly string[],
): Promise<(requestId: string) => Texts> {
  const stored = requestIds.length === 0 ? [] : await texts.of(tx, requestIds);
  const opened = await Promise.all(
    stored.map(async (text) => ({ ...text, text: await openText(keys, text) })),
  );
  const byRequest = Map.groupBy(opened, ({ requestId }) => requestId);
  return (requestId) =>
    Object.fromEntries((byRequest.get(requestId) ?? []).map(({ kind, text }) => [kind, text]));
}

/** Seals some texts under the current key that lie under another. Answers how many. */
export async function sealAnew(tx: Tx, keys: KeyRing, batch: number): Promise<number> {
  const some = await texts.notUnder(tx, keys.current, batch);
  const anew = some.map(async (text) => sealText(keys, text, await openText(keys, text)));
  await texts.update(tx, await Promise.all(anew));
  return some.length;
}
