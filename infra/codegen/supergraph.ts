import { composeServices } from '@apollo/composition';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import {
  composeServices as composeAgain,
  transformSupergraphToPublicSchema,
} from '@theguild/federation-composition';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Source,
  buildASTSchema,
  buildSchema,
  lexicographicSortSchema,
  parse,
  printSchema,
  visit,
} from 'graphql';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../dev/paths.ts';
import { Mendable } from '../dev/say.ts';

export const subgraphsFolder = join(root, 'schema/subgraphs');
export const supergraphFile = 'schema/supergraph.graphql';
/** What the last release promised its callers: what is taken away from it breaks somebody. */
export const releasedFile = 'schema/released/supergraph.graphql';

/** What our gateway does not start with, or other routers read differently (design § 6). */
const refusedDirectives = new Set(['authenticated', 'requiresScopes', 'policy', 'context', 'fromContext']);

export interface Subgraph {
  readonly name: string;
  readonly typeDefs: DocumentNode;
}

/** The SDL of every service, with the name of its file in each node so that a fault can be found. */
export function readSubgraphs(folder: string = subgraphsFolder): Subgraph[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted()
    .map((name) => {
      const files = readdirSync(join(folder, name)).filter((file) => file.endsWith('.graphql'));
      const definitions = files.toSorted().flatMap((file) => {
        const path = join(folder, name, file);
        return parse(new Source(readFileSync(path, 'utf8'), relative(root, path))).definitions;
      });
      return { name, typeDefs: { kind: 'Document', definitions } as DocumentNode };
    });
}

/** The supergraph of some subgraphs. Throws with every fault and where it stands when there is none. */
export function composeSupergraph(subgraphs: readonly Subgraph[]): string {
  const refused = subgraphs.flatMap(({ typeDefs }) => refusals(typeDefs));
  const services = subgraphs.map(({ name, typeDefs }) => ({ name, typeDefs, url: `http://${name}/graphql` }));
  const first = composeServices(services);
  const faults = [...refused, ...(first.errors ?? [])];
  if (faults.length > 0 || first.supergraphSdl === undefined) throw new Mendable(tell(faults));
  const second = composeAgain(services);
  if (second.supergraphSdl === undefined)
    throw new Mendable(`The second composer finds faults that the first does not.\n${tell(second.errors)}`);
  const one = inOrder(first.schema.toAPISchema().toGraphQLJSSchema());
  const other = inOrder(buildSchema(second.publicSdl));
  if (one !== other)
    throw new Mendable(`The two composers make different graphs.\n${firstDifference(one, other)}`);
  return `${first.supergraphSdl.trim()}\n`;
}

const inOrder = (schema: GraphQLSchema): string => printSchema(lexicographicSortSchema(schema));

function refusals(typeDefs: DocumentNode): GraphQLError[] {
  const found: GraphQLError[] = [];
  visit(typeDefs, {
    Directive: (node) => {
      if (refusedDirectives.has(node.name.value))
        found.push(
          new GraphQLError(`@${node.name.value} is not for our graph: our gateway refuses it`, {
            nodes: node,
          }),
        );
    },
  });
  return found;
}

function tell(errors: readonly GraphQLError[]): string {
  const lines = errors.map((error) => {
    const places = (error.nodes ?? []).flatMap(({ loc }) =>
      loc === undefined ? [] : [`    at ${loc.source.name}:${loc.startToken.line}`],
    );
    return [`  ${error.message.replaceAll('\n', '\n    ')}`, ...new Set(places)].join('\n');
  });
  return `The subgraphs do not compose: ${errors.length} fault(s).\n${lines.join('\n')}`;
}

function firstDifference(one: string, other: string): string {
  const [left, right] = [one.split('\n'), other.split('\n')];
  const at = left.findIndex((line, index) => line !== right[index]);
  return `  the first says   ${left[at] ?? 'nothing'}\n  the second says  ${right[at] ?? 'nothing'}`;
}

/** What callers see of a supergraph. */
export const publicSchema = (supergraph: string): GraphQLSchema =>
  buildASTSchema(transformSupergraphToPublicSchema(parse(supergraph)));

/** What has been taken from callers since the last release, in words. */
export async function breakingChanges(released: string, now: string): Promise<string[]> {
  const changes = await diff(publicSchema(released), publicSchema(now));
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ message }) => message);
}
