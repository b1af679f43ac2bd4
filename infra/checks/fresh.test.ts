import { describe, expect, test } from 'vitest';
import { composed, stale } from '../dev/compose.ts';

describe('what is made from the contracts and committed', () => {
  test('is what npm run compose would make now', async () => {
    expect(stale(await composed())).toEqual([]);
  });

  test('is told to be stale when a file is missing, differs, or is one too many', async () => {
    const made = new Map(await composed());
    const [first] = [...made.keys()];
    made.set(first!, 'other');
    made.set('schema/json-schema/a.b.c.v1.json', '{}');
    made.delete('schema/json-schema/identity.unit.changed.v1.json');
    expect(stale(made)).toEqual([
      first,
      'schema/json-schema/a.b.c.v1.json',
      'schema/json-schema/identity.unit.changed.v1.json',
    ]);
  });
});
