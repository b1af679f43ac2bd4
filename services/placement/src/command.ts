import { readFileSync } from 'node:fs';
import { allocate, solve } from './domain/allocate.ts';
import { explainer } from './domain/explain.ts';
import { monthlyFee } from './domain/fees.ts';
import { readInstance } from './domain/read-instance.ts';
import { type Problem, refusedFor } from './domain/reading.ts';
import { runScenario } from './domain/scenario.ts';

/*
 * `npm run --silent placement -- SUBCOMMAND`: JSON in, JSON out and nothing else. What is refused is an answer, with exit 0; 2 is for a
 * command that there is none of. Where something is wrong with an instance, the places go to standard error besides.
 */

const usage = 'allocate | explain ID… | scenario | fees';
const [name, ...ids] = process.argv.slice(2);

const subcommands: Readonly<Record<string, (given: unknown) => unknown>> = {
  allocate: (given) => {
    tell(given);
    return allocate(given);
  },
  explain: (given) => {
    const read = tell(given);
    if (!read.ok) return refusedFor(read.problems);
    const reasons = explainer(read.instance, solve(read.instance));
    if (ids.some((id) => reasons(id) === undefined)) return { errors: ['E_UNKNOWN_APPLICATION'] };
    return ids.length === 1 ? reasons(ids[0]!) : Object.fromEntries(ids.map((id) => [id, reasons(id)]));
  },
  scenario: runScenario,
  fees: (given) => {
    const { rates, household } = (given ?? {}) as { rates?: unknown; household?: unknown };
    return monthlyFee(rates, household);
  },
};

const command = name !== undefined && Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
if (command === undefined || (name === 'explain') === (ids.length === 0)) {
  process.stderr.write(`npm run --silent placement -- ${usage}\n`);
  print({ errors: ['E_COMMAND'] });
  process.exitCode = 2;
} else {
  const given = parse(readFileSync(0, 'utf8'));
  print(given.ok ? command(given.value) : refusedFor([given.problem]));
}

type Parsed =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: Problem };

function parse(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false, problem: { code: 'E_FORMAT', path: '', wanted: 'JSON' } };
  }
}

function tell(given: unknown): ReturnType<typeof readInstance> {
  const read = readInstance(given);
  if (!read.ok) for (const problem of read.problems) process.stderr.write(`${JSON.stringify(problem)}\n`);
  return read;
}

function print(answer: unknown): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
