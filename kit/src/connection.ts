import { AppError } from './pure/errors.ts';

export interface Page<Node> {
  readonly edges: readonly { readonly node: Node; readonly cursor: string }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const most = 100;

/** The size and place of a page as a client asked for it. Throws `BAD_USER_INPUT` for a size outside 1–100 or a cursor that is not ours. */
export function readPage({
  first,
  after,
}: {
  first?: number | null | undefined;
  after?: string | null | undefined;
}): {
  first: number;
  after: string | null;
} {
  const size = first ?? 20;
  if (!Number.isInteger(size) || size < 1 || size > most)
    throw new AppError('BAD_USER_INPUT', `first must be 1 to ${most}`);
  if (after === undefined || after === null) return { first: size, after: null };
  const key = Buffer.from(after, 'base64url').toString('utf8');
  if (toCursor(key) !== after) throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
  return { first: size, after: key };
}

/** Makes a page of `first + 1` rows or fewer; the extra row only tells that there is more. `keyOf` is what `after` holds next time. */
export function toPage<Node>(
  rows: readonly Node[],
  first: number,
  after: string | null,
  keyOf: (node: Node) => string,
): Page<Node> {
  const nodes = rows.slice(0, first);
  const edges = nodes.map((node) => ({ node, cursor: toCursor(keyOf(node)) }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

const toCursor = (key: string): string => Buffer.from(key, 'utf8').toString('base64url');
