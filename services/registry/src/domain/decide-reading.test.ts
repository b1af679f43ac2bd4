import { describe, expect, test } from 'vitest';
import { decideReading } from './decide-reading.ts';

const stand = { lookupHash: 'n1', asked: 3, attempts: 0, toldHash: 'h1' };
const read = (hash: string) => ({ kind: 'read', hash }) as const;

describe('deciding what becomes of a reading', () => {
  test('tells news and is done', () => {
    expect(decideReading(stand, stand, read('h2'))).toEqual({
      ...{ kind: 'settle', isTold: true, attempts: 0, next: 'when asked' },
    });
  });

  test('does not tell again what was told last', () => {
    expect(decideReading(stand, stand, read('h1'))).toMatchObject({ isTold: false, next: 'when asked' });
  });

  test('stays due for whoever asked after it began, and tells what it has (S-24)', () => {
    expect(decideReading(stand, { ...stand, asked: 4 }, read('h2'))).toMatchObject({
      isTold: true,
      next: 'as asked',
    });
  });

  test('does not tell what may be older than what another replica has told meanwhile, and reads again (S-24)', () => {
    expect(decideReading(stand, { ...stand, toldHash: 'h3' }, read('h2'))).toEqual({
      ...{ kind: 'settle', isTold: false, attempts: 0, next: 'at once' },
    });
    expect(decideReading(stand, { ...stand, toldHash: 'h2' }, read('h2'))).toMatchObject({
      ...{ isTold: false, next: 'when asked' },
    });
  });

  test('drops what is about somebody who was forgotten, or has another number now (FREG-06, FREG-08)', () => {
    expect(decideReading(stand, undefined, read('h2'))).toEqual({ kind: 'drop' });
    expect(decideReading(stand, { ...stand, lookupHash: 'n2' }, read('h2'))).toEqual({ kind: 'drop' });
  });

  test('keeps what was told and tries later when it could not be read (S-26)', () => {
    const tired = { ...stand, attempts: 2 };
    expect(decideReading(tired, tired, { kind: 'unreadable' })).toEqual({
      ...{ kind: 'settle', isTold: false, attempts: 3, next: 'after a while' },
    });
    expect(decideReading(tired, { ...stand, asked: 4 }, { kind: 'unreadable' })).toMatchObject({
      attempts: 0,
      next: 'as asked',
    });
  });
});
