import { type Result, byCodeUnit } from './instance.ts';
import { sha256Hex } from './sha256.ts';

/** What JSON writes as it is, between quotes. */
const plainText = /^[ !#-[\]-~]*$/;

/** The one way to write plain data down: keys by code unit, no blanks, lists as they are given. */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return plainText.test(value) ? `"${value}"` : JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const one of value as readonly unknown[])
      text += `${text === '' ? '' : ','}${canonical(one ?? null)}`;
    return `[${text}]`;
  }
  const members = value as Readonly<Record<string, unknown>>;
  // Sorted by code unit: that is how texts are sorted where nothing else is said.
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${canonical(key)}:${canonical(member)}`;
  }
  return `{${text}}`;
}

/** What a run was given, as 64 hexadecimal digits: of the instance as it was given, before anything is filled in. */
export const snapshotHash = (given: unknown): string => sha256Hex(canonical(given));

/** What is published when a round opens, so that nobody can choose a seed that they like once wishes are known. */
export const commitmentOf = (seed: string): string => sha256Hex(seed);

/** What a run gave: one line for each child, by id. */
export function resultDigest({ assigned }: Result): string {
  const lines = Object.entries(assigned)
    .sort(([one], [other]) => byCodeUnit(one, other))
    .map(([id, got]) => `${id}=${got?.pool ?? '-'}\n`);
  return sha256Hex(lines.join(''));
}

/** Changes whenever the same instance might give another result, or the same result by another way. */
export const engineVersion = 'ranselpost-placement/1';

/** What is kept of a run, so that anybody can do it again years later and see the same come out. */
export interface RunRecord {
  readonly engineVersion: string;
  readonly snapshot: string;
  readonly commitment: string;
  readonly digest: string;
}

export const recordOf = (given: { readonly seed: string }, result: Result): RunRecord => ({
  engineVersion,
  snapshot: snapshotHash(given),
  commitment: commitmentOf(given.seed),
  digest: resultDigest(result),
});
