import { type GraphQLSchema, Kind, parse, validate } from 'graphql';
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';

export interface RegisteredOperation {
  /** SHA-256 of its text, in hex: what a browser sends in its place. */
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

export interface OperationList {
  byId(id: string): RegisteredOperation | undefined;
  byText(text: string): RegisteredOperation | undefined;
}

const folder = new URL('operations/', import.meta.resolve('@ranselpost/schema/supergraph.graphql'));

/**
 * Reads the operations that browsers may send: one in each file, and each a question that the graph answers. Throws with
 * every fault when one of them is not.
 */
export async function readOperations(schema: GraphQLSchema, from: URL = folder): Promise<OperationList> {
  const files = (await readdir(from)).filter((file) => file.endsWith('.graphql')).toSorted();
  const faults: string[] = [];
  const operations: RegisteredOperation[] = [];
  for (const file of files) {
    const text = await readFile(new URL(file, from), 'utf8');
    const document = parse(text);
    const found = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    const name = found[0]?.name?.value;
    if (found.length !== 1 || name === undefined) faults.push(`${file}: must hold one operation with a name`);
    faults.push(...validate(schema, document).map((error) => `${file}: ${error.message}`));
    operations.push({ id: createHash('sha256').update(text).digest('hex'), name: name ?? file, text });
  }
  if (faults.length > 0) throw new Error(`Registered operations do not fit the graph:\n${faults.join('\n')}`);
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  const byText = new Map(operations.map((operation) => [operation.text, operation]));
  return {
    byId: (id) => byId.get(id),
    byText: (text) => byText.get(text),
  };
}
