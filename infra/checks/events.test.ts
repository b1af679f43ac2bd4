import { catalogue } from '@ranselpost/schema/events/catalogue';
import { Ajv, type AnySchema } from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asyncApi, contractFile, messageSchema, readComments } from '../codegen/event-catalogue.ts';
import { root } from '../dev/paths.ts';
import { readTracked, services, tracked } from './tree.ts';
import { kebab } from './words.ts';

const require = createRequire(import.meta.url);
const validator = (): Ajv => addFormats.default(new Ajv({ strict: false, allErrors: true }));

const contractFiles = tracked('schema/events').filter((file) => /\.v\d+\.ts$/.test(file));

describe('event contracts', () => {
  test.each(contractFiles)('%s declares the fact that its name says', (file) => {
    const declared = [...readTracked(file).matchAll(/defineEvent\(\s*'([^']+)'/g)].map(([, type]) => type!);
    expect(declared.map(contractFile)).toEqual([file]);
  });

  test('are all in the catalogue', () => {
    expect(catalogue.map(({ type }) => contractFile(type)).toSorted()).toEqual(contractFiles.toSorted());
  });

  test('name their export as the file', () => {
    for (const file of contractFiles) {
      const [, stem, version] = /([a-z-]+)\.(v\d+)\.ts$/.exec(file)!;
      const camel = stem!.replace(/-(\w)/g, (_match, letter: string) => letter.toUpperCase());
      expect(readTracked(file), file).toContain(
        `export const ${camel}${version!.toUpperCase()} = defineEvent(`,
      );
    }
  });

  test.each(contractFiles)('%s says what the fact means', (file) => {
    expect(readComments(readTracked(file)).event.length).toBeGreaterThan(20);
  });
});

describe('consumers', () => {
  test.each(services)('of %s stand in a file each, named for the fact they take in', (service) => {
    const folder = `services/${service}/src/events/`;
    for (const file of tracked(folder).filter(
      (name) => /\/on-[^/]*\.ts$/.test(name) && !name.includes('.test.'),
    )) {
      const stem = file.slice(folder.length + 'on-'.length, -'.ts'.length);
      const facts = [...readTracked(file).matchAll(/\bon(?:Together)?\(\s*(\w+)V\d+\b/g)].map(([, name]) =>
        kebab(name!),
      );
      // A question on the bus is no fact and has no contract; whoever answers it listens directly.
      const isQuestion = facts.length === 0 && /\.subscribe\(/.test(readTracked(file));
      expect(new Set(facts), file).toEqual(new Set(isQuestion ? [] : [stem]));
    }
    const elsewhere = tracked(`services/${service}/src/`)
      .filter((file) => !/\/events\/on-/.test(file) && !file.includes('.test.'))
      .filter((file) => /\bon(Together)?\(\s*\w+V\d+\s*,/.test(readTracked(file)));
    expect(elsewhere).toEqual([]);
  });
});

describe('the published catalogue', () => {
  const version = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string })
    .version;

  test('is what the AsyncAPI initiative calls a valid AsyncAPI 3 document', () => {
    const ajv = validator();
    const validate = ajv.compile(require('@asyncapi/specs/schemas/3.0.0-without-$id.json') as AnySchema);
    expect(validate(asyncApi(version)), JSON.stringify(validate.errors?.slice(0, 5))).toBe(true);
    expect(validate({ ...asyncApi(version), info: {} })).toBe(false);
  });

  test('takes an event as it is published, and refuses one of another type', () => {
    const contract = catalogue.find(({ type }) => type === 'identity.person.unfollowed.v1')!;
    const personId = '01890a5d-ac96-774b-bcce-b302099a8057';
    const event = {
      specversion: '1.0',
      id: '01890a5d-ac96-774b-bcce-b302099a8058',
      type: contract.type,
      source: 'identity',
      subject: personId,
      time: '2026-11-21T10:00:00.000Z',
      datacontenttype: 'application/json',
      seq: 7,
      data: { personId, toCome: true },
    };
    const validate = validator().compile(messageSchema(contract));
    expect(validate(event)).toBe(true);
    expect(validate({ ...event, type: 'identity.person.followed.v1' })).toBe(false);
    expect(validate({ ...event, data: {} })).toBe(false);
  });
});
