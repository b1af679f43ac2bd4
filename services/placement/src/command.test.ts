import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { child, instanceOf, kindergarten } from './domain/testing/instances.ts';

const command = fileURLToPath(new URL('command.ts', import.meta.url));

function run(args: readonly string[], input: string) {
  const { stdout, status } = spawnSync(process.execPath, [command, ...args], { input, encoding: 'utf8' });
  return { answer: JSON.parse(stdout) as unknown, status };
}

const given = instanceOf(
  [kindergarten('K1', 1)],
  [child('a', '2024-01-01', ['K1']), child('b', '2024-02-01', ['K1'])],
);

describe('the command', () => {
  test('allocates and explains, one child as a list and several by id', () => {
    expect(run(['allocate'], JSON.stringify(given))).toMatchObject({
      ...{ status: 0, answer: { assigned: { a: { pool: 'K1/small' }, b: null } } },
    });
    expect(run(['explain', 'b'], JSON.stringify(given))).toMatchObject({
      ...{ status: 0, answer: [{ k: 'K1', outcome: 'rejected', decidedBy: 'age' }] },
    });
    expect(run(['explain', 'a', 'b'], JSON.stringify(given))).toMatchObject({
      ...{ status: 0, answer: { a: [{ outcome: 'offered' }], b: [{ outcome: 'rejected' }] } },
    });
  });

  test('answers in JSON also where it refuses: what is wrong with what is given is no failure, a command that there is none of is', () => {
    expect(run(['allocate'], '{')).toMatchObject({ status: 0, answer: { errors: ['E_FORMAT'] } });
    expect(run(['explain', 'c'], JSON.stringify(given))).toEqual({
      ...{ status: 0, answer: { errors: ['E_UNKNOWN_APPLICATION'] } },
    });
    for (const args of [['explain'], ['fly'], []])
      expect(run(args, '')).toEqual({ status: 2, answer: { errors: ['E_COMMAND'] } });
  });
});
