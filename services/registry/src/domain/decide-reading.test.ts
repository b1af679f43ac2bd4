import { describe, expect, test } from 'vitest';
import { type Read, type ReadingStand, decideReading } from './decide-reading.ts';

const stand = { lookupHash: 'n1', asked: 3, attempts: 0, toldHash: 'h1', hasFailed: false };
const decide = (before: ReadingStand, now: ReadingStand | undefined, found: Read) =>
  decideReading(before, now, found, 3);
const tired = { ...stand, attempts: 2 };
const noAnswer = { kind: 'unreadable', isOfDocument: false } as const;
const badDocument = { kind: 'unreadable', isOfDocument: true } as const;
const read = (hash: string) => ({ kind: 'read', hash }) as const;

describe('deciding what becomes of a reading', () => {
  test('tells news and is done', () => {
    expect(decide(stand, stand, read('h2'))).toEqual({
      ...{ kind: 'settle', tells: 'record', attempts: 0, next: 'when asked' },
    });
  });

  test('does not tell again what was told last', () => {
    expect(decide(stand, stand, read('h1'))).toMatchObject({ tells: 'nothing', next: 'when asked' });
  });

  test('stays due for whoever asked after it began, and tells what it has (S-24)', () => {
    expect(decide(stand, { ...stand, asked: 4 }, read('h2'))).toMatchObject({
      tells: 'record',
      next: 'as asked',
    });
  });

  test('does not tell what may be older than what another replica has told meanwhile, and reads again (S-24)', () => {
    expect(decide(stand, { ...stand, toldHash: 'h3' }, read('h2'))).toEqual({
      ...{ kind: 'settle', tells: 'nothing', attempts: 0, next: 'at once' },
    });
    expect(decide(stand, { ...stand, toldHash: 'h2' }, read('h2'))).toMatchObject({
      ...{ tells: 'nothing', next: 'when asked' },
    });
  });

  test('drops what is about somebody who was forgotten, or has another number now (FREG-06, FREG-08)', () => {
    expect(decide(stand, undefined, read('h2'))).toEqual({ kind: 'drop' });
    expect(decide(stand, { ...stand, lookupHash: 'n2' }, read('h2'))).toEqual({ kind: 'drop' });
  });

  test('keeps what was told and tries later when it could not be read (S-26)', () => {
    expect(decide(stand, stand, noAnswer)).toEqual({
      ...{ kind: 'settle', tells: 'nothing', attempts: 1, next: 'after a while' },
    });
    expect(decide(tired, { ...stand, asked: 4 }, noAnswer)).toMatchObject({
      ...{ tells: 'nothing', attempts: 0, next: 'as asked' },
    });
  });

  test('tells once, and at once, that a document cannot be read (GUA-01, S-02)', () => {
    expect(decide(stand, stand, badDocument)).toEqual({
      ...{ kind: 'settle', tells: 'failure', attempts: 1, next: 'after a while' },
    });
    expect(decide(stand, { ...stand, asked: 4 }, badDocument)).toMatchObject({
      ...{ tells: 'failure', next: 'as asked' },
    });
    const failed = { ...stand, toldHash: null, hasFailed: true, attempts: 7 };
    expect(decide(failed, failed, badDocument)).toMatchObject({ tells: 'nothing', attempts: 8 });
  });

  test('waits for some tries where there was no answer, before it tells of it (GUA-01)', () => {
    expect(decide(tired, tired, noAnswer)).toMatchObject({ tells: 'failure', attempts: 3 });
    expect(decideReading(tired, tired, badDocument, null)).toMatchObject({ tells: 'nothing' });
  });

  test('tells what can be read again, whatever it is', () => {
    const failed = { ...stand, toldHash: null, hasFailed: true, attempts: 7 };
    expect(decide(failed, failed, read('h1'))).toMatchObject({ tells: 'record', attempts: 0 });
  });

  test('tells of no failure when another replica has told something meanwhile, nor an older record over one (S-24)', () => {
    expect(decide(tired, { ...tired, toldHash: 'h3' }, badDocument)).toMatchObject({ tells: 'nothing' });
    const untold = { ...stand, toldHash: null };
    expect(decide(untold, { ...untold, hasFailed: true }, read('h1'))).toMatchObject({
      ...{ tells: 'nothing', next: 'at once' },
    });
  });
});
