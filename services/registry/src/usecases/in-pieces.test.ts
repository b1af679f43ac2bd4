import { describe, expect, test } from 'vitest';
import { RegisterFault } from '@ranselpost/kit/outside/fault';
import { inPieces } from './in-pieces.ts';

const fault = (kind: 'away' | 'refused') =>
  new RegisterFault(kind, { register: 'freg', operation: 'look-up' });
const items = Array.from({ length: 250 }, (_, place) => place);

/** A register that chokes on some, and counts how often it is asked. */
function choking(on: (item: number) => boolean) {
  let asked = 0;
  const read = async (some: readonly number[]) => {
    asked += 1;
    if (some.some(on)) throw fault('refused');
    return some.map((item) => `answer ${item}`);
  };
  return { read, asked: () => asked };
}

describe('asking about many at once', () => {
  test('asks once when all is well', async () => {
    const { read, asked } = choking(() => false);
    expect(await inPieces(items, read)).toEqual(items.map((item) => `answer ${item}`));
    expect(asked()).toBe(1);
  });

  test('finds the few it cannot get an answer for, and answers for the others in order (S-26)', async () => {
    const { read, asked } = choking((item) => [7, 8, 201].includes(item));
    const answers = await inPieces(items, read);
    for (const item of items) {
      if ([7, 8, 201].includes(item)) expect(answers[item]).toBeInstanceOf(RegisterFault);
      else expect(answers[item]).toBe(`answer ${item}`);
    }
    expect(asked()).toBeLessThan(60);
  });

  test('takes a register that answers for no piece to be away, and blames nobody', async () => {
    const { read, asked } = choking(() => true);
    await expect(inPieces(items, read)).rejects.toMatchObject({ kind: 'away' });
    expect(asked()).toBe(11);
  });

  test('does not look for whom to blame when the register is away', async () => {
    let asked = 0;
    const read = async (): Promise<string[]> => {
      asked += 1;
      throw fault('away');
    };
    await expect(inPieces(items, read)).rejects.toMatchObject({ kind: 'away' });
    expect(asked).toBe(1);
  });

  test('answers with the fault for one who was asked about alone', async () => {
    const { read } = choking(() => true);
    expect(await inPieces([1], read)).toEqual([expect.any(RegisterFault)]);
  });
});
