import type { EventContract } from '@ranselpost/schema/events/event';
import { catalogue } from '@ranselpost/schema/events/catalogue';
import { envelopeSchema } from '@ranselpost/schema/events/event';
import { type Stream, streams } from '@ranselpost/schema/events/streams';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { root } from '../dev/paths.ts';

export type JsonSchema = { [key: string]: unknown };

/** `a.b.c.v1` stands in `a/b-c.v1.ts`: whoever knows an event's name finds its file. */
export const contractFile = (type: string): string => {
  const [service, thing, happened, version] = type.split('.');
  return `schema/events/${service}/${thing}-${happened}.${version}.ts`;
};

const flatten = (comment: string): string =>
  comment
    .replace(/^\s*\*? ?/gm, '')
    .replace(/\s+/g, ' ')
    .trim();

/** The doc comments of a contract's file: the one of the event, and those of its fields by name. */
export function readComments(text: string): {
  readonly event: string;
  readonly fields: ReadonlyMap<string, string>;
} {
  const fields = new Map<string, string>();
  for (const [, comment, name] of text.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\s*(\w+):/g))
    fields.set(name!, flatten(comment!));
  const event = /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*export const \w+ = defineEvent\(/.exec(text)?.[1];
  return { event: flatten(event ?? ''), fields };
}

const limits: readonly unknown[] = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];

/** Limits that only say how JavaScript counts, and patterns that spell a format out. */
const isNoise = (key: string, value: unknown, schema: object): boolean =>
  ((key === 'maximum' || key === 'minimum') && limits.includes(value)) ||
  (key === 'pattern' && 'format' in schema);

/** Adds what the contract's author said of each field. */
function describe(schema: JsonSchema, fields: ReadonlyMap<string, string>): JsonSchema {
  const described = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(described);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).filter(([key, inner]) => !isNoise(key, inner, value));
    return Object.fromEntries(
      entries.map(([key, inner]) => {
        if (key !== 'properties') return [key, described(inner)];
        const properties = Object.entries(inner as Record<string, JsonSchema>).map(([name, property]) => {
          const description = fields.get(name);
          const made = described(property) as JsonSchema;
          return [name, description === undefined ? made : { description, ...made }];
        });
        return [key, Object.fromEntries(properties)];
      }),
    );
  };
  return described(schema) as JsonSchema;
}

const toJson = (schema: z.ZodType): JsonSchema => {
  // As whoever reads it: a field that is not named here may come and is to be passed over (style § 7).
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { target: 'draft-07', io: 'input' });
  return json;
};

/** The whole message of an event as JSON Schema, draft 07: the envelope with its type fixed, and the data. */
export function messageSchema({ type, source, about, data }: EventContract): JsonSchema {
  const { event, fields } = readComments(readFileSync(join(root, contractFile(type)), 'utf8'));
  const envelope = toJson(envelopeSchema) as { properties: Record<string, JsonSchema>; required: string[] };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: type,
    description: event,
    type: 'object',
    properties: {
      ...(describe(envelope, new Map()) as typeof envelope).properties,
      type: { const: type },
      source: { const: source },
      subject: { description: `The \`${about}\` of the data.`, type: 'string' },
      data: describe(toJson(data), fields),
    },
    required: [...new Set([...envelope.required, 'data'])],
  };
}

const streamOf = (type: string): Stream | undefined =>
  streams.find(({ subjects }) => subjects.some((subject) => type.startsWith(subject.slice(0, -1))));

/** Every event as one AsyncAPI 3 document. */
export function asyncApi(version: string): JsonSchema {
  const contracts = [...catalogue].toSorted((one, other) => (one.type < other.type ? -1 : 1));
  const each = <Value>(make: (contract: EventContract) => readonly [string, Value]): Record<string, Value> =>
    Object.fromEntries(contracts.map(make));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Ranselpost events',
      version,
      description:
        'The facts that the services tell each other, as CloudEvents 1.0 in structured JSON. Each may come twice and ' +
        'counts once, by its id. `seq` grows by one for each event of a source, so a gap shows. A message holds ids, ' +
        'codes and times: never a name, a number or free text. Fields that are not named here are to be passed over.',
      license: { name: 'EUPL-1.2', url: 'https://eupl.eu/1.2/en/' },
    },
    defaultContentType: 'application/cloudevents+json',
    channels: each(({ type }) => {
      const stream = streamOf(type);
      return [
        type,
        {
          address: type,
          description:
            stream === undefined
              ? 'Told to whoever listens and kept nowhere.'
              : `Kept for ${stream.maxAgeHours / 24} days in the stream \`${stream.name}\`.`,
          messages: { [type]: { $ref: `#/components/messages/${type}` } },
        },
      ];
    }),
    operations: each(({ type, source }) => [
      `${source} tells ${type}`,
      {
        action: 'send',
        channel: { $ref: `#/channels/${type}` },
        messages: [{ $ref: `#/channels/${type}/messages/${type}` }],
      },
    ]),
    components: {
      messages: each((contract) => {
        const { $schema: _dialect, title, description, ...payload } = messageSchema(contract);
        return [contract.type, { name: title, summary: description, payload }];
      }),
    },
  };
}

/** What `npm run compose` writes of the catalogue: file, from the root, and text. */
export function catalogueFiles(version: string): ReadonlyMap<string, string> {
  const notice = '# Made from schema/events by npm run compose.\n';
  return new Map([
    [
      'schema/asyncapi.yaml',
      notice + stringify(asyncApi(version), { lineWidth: 110, aliasDuplicateObjects: false }),
    ],
    ...catalogue.map(
      (contract) =>
        [
          `schema/json-schema/${contract.type}.json`,
          `${JSON.stringify(messageSchema(contract), null, 2)}\n`,
        ] as const,
    ),
  ]);
}
