import { AppError } from '@ranselpost/kit/pure/errors';
import { z } from 'zod';
import { type EarlierRefusal, decideTakingOver, peopleOf } from '../domain/earlier-thread.ts';
import * as earlier from '../store/earlier-threads.ts';
import type { Deps } from './deps.ts';
import { sha256 } from './seal-for-archive.ts';

const reader = z.strictObject({
  personId: z.uuid().toLowerCase(),
  as: z.enum(['guardian', 'staff']),
  isRead: z.boolean(),
});
const message = z.strictObject({
  authorId: z.uuid().toLowerCase().nullable(),
  authorAs: z.enum(['guardian', 'staff']),
  sentAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  text: z.string(),
  readers: z.array(reader).max(500),
});
/** A line of what another system gives: one thread, with exactly the readers whom each of its messages had there. */
const thread = z.strictObject({
  sourceId: z.string().min(1).max(200),
  unitId: z.uuid().toLowerCase(),
  childIds: z
    .array(z.uuid().toLowerCase())
    .min(1)
    .max(10)
    .refine((ids) => new Set(ids).size === ids.length)
    .transform((ids) => ids.toSorted()),
  subject: z.string(),
  messages: z.array(message).min(1).max(2_000),
});

/** Why a line is not taken over, and none of it is. Where: never what stands there. */
export type LineRefusal =
  | EarlierRefusal
  | { readonly kind: 'not-json' }
  | { readonly kind: 'field-unknown' | 'field-wrong'; readonly at: string }
  | { readonly kind: 'source-id-used' };

export type LineOutcome =
  | { readonly kind: 'taken-over' }
  | { readonly kind: 'known' }
  | { readonly kind: 'refused'; readonly refusal: LineRefusal };

const refused = (refusal: LineRefusal): LineOutcome => ({ kind: 'refused', refusal });

function parse(line: string): z.infer<typeof thread> | LineRefusal {
  let given: unknown;
  try {
    given = JSON.parse(line);
  } catch {
    return { kind: 'not-json' };
  }
  const parsed = thread.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue =
    parsed.error.issues.find(({ code }) => code === 'unrecognized_keys') ?? parsed.error.issues[0]!;
  return {
    kind: issue.code === 'unrecognized_keys' ? 'field-unknown' : 'field-wrong',
    at: issue.path.join('.'),
  };
}

/**
 * Takes one line of another system's messages over, whole or not at all, once; and tells nobody (MSG-21). A dry run says what would
 * come of it. While the copy cannot say who is known, nothing is taken over.
 */
export async function importThread(
  { db, newId, now }: Pick<Deps, 'db' | 'newId' | 'now'>,
  line: string,
  { isDryRun }: { readonly isDryRun: boolean },
): Promise<LineOutcome> {
  const given = parse(line);
  if ('kind' in given) return refused(given);
  const { unitId, childIds } = given;
  const source = { sourceDigest: sha256(given.sourceId), digest: sha256(line) };
  const { guardian: guardianIds, staff: staffIds } = peopleOf(given);
  return db.asService(async (tx) => {
    if (!(await earlier.isCopyWhole(tx)))
      throw new AppError('UNAVAILABLE', 'the copy of who is known is not whole');
    const before = await earlier.digestOf(tx, source.sourceDigest);
    if (before !== undefined)
      return before === source.digest ? { kind: 'known' } : refused({ kind: 'source-id-used' });
    const unknown = await earlier.unknownOf(tx, { unitId, childIds, guardianIds, staffIds });
    const decision = decideTakingOver(given, unknown, now());
    if (!decision.ok) return refused(decision.refusal);
    if (isDryRun) return { kind: 'taken-over' };
    return (await earlier.takeOver(tx, source, decision.value, newId))
      ? { kind: 'taken-over' }
      : { kind: 'known' };
  });
}
