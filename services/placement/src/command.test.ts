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
  test('answers in JSON', () => {
    expect(run(['explain', 'a', 'b'], JSON.stringify(given))).toMatchObject({
      ...{
        status: 0,
        answer: { a: [{ outcome: 'offered' }], b: [{ outcome: 'rejected', decidedBy: 'age' }] },
      },
    });
  });

  test('also where it refuses: what is wrong with what is given is no failure, a subcommand that there is none of is', () => {
    expect(run(['allocate'], '{')).toMatchObject({ status: 0, answer: { errors: ['E_FORMAT'] } });
    expect(run(['fly'], '')).toEqual({ status: 2, answer: { errors: ['E_COMMAND'] } });
  });
});
