import { catalogue } from '@ranselpost/schema/events/catalogue';
import { describe, expect, test } from 'vitest';
import { readFaults, tellOfNobody } from './reads.ts';
import { builtServices, readTracked, subgraphs, tracked } from './tree.ts';

const isTest = (file: string): boolean => /\.test\.ts$|\/testing\/|\/test\//.test(file);

describe('what staff read of children (S-11)', () => {
  test('is said by every use case, or why there is nothing to say', () => {
    const files = tracked('services').filter((file) => file.endsWith('.ts') && !isTest(file));
    expect(files.flatMap((file) => readFaults(file, readTracked(file), file in tellOfNobody))).toEqual([]);
    expect(Object.keys(tellOfNobody).filter((file) => !files.includes(file))).toEqual([]);
  });

  const tellers = subgraphs.filter((service) => builtServices.includes(service) && service !== 'identity');
  test.each(tellers)('is told by %s and taken in by identity', (service) => {
    expect(catalogue.map(({ type }) => type)).toContain(`${service}.child.read.v1`);
    expect(readTracked('services/identity/src/main.ts')).toContain(`stream: '${service}'`);
  });
});

describe('the check of reads itself', () => {
  const useCase = 'services/attendance/src/usecases/thing.ts';
  test.each([
    ['services/attendance/src/graphql/thing.ts', 'deps.db.asActor(actor, work)'],
    [useCase, 'return about([], value);'],
    [useCase, 'return aboutNobody(value);'],
  ])('refuses in %s: %s', (file, text) => {
    expect(readFaults(file, text, false)).toHaveLength(1);
  });

  test('lets a use case pass that says about whom, or is known to be about nobody', () => {
    expect(readFaults(useCase, "return about(readsOf('CHILD', actor, facts, told), value);", false)).toEqual(
      [],
    );
    expect(readFaults(useCase, 'return aboutNobody(value);', true)).toEqual([]);
    expect(readFaults(useCase, 'return about(reads, value);', true)).toHaveLength(1);
  });
});
