import { type Column, everyColumn } from './columns.ts';
import type { Matrix } from './expected.ts';
import type { Outcome } from './row.ts';

interface Failure {
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string };
}
export interface Answer {
  readonly data?: object | null;
  readonly errors?: readonly Failure[];
}

/** What has been answered, by field and column, each with an example of the last one who was. */
export class Seen {
  readonly #byField = new Map<string, Map<Column, Map<Outcome, string>>>();

  note(field: string, column: Column, outcome: Outcome, example: string): void {
    const columns = this.#byField.get(field) ?? new Map<Column, Map<Outcome, string>>();
    const outcomes = columns.get(column) ?? new Map<Outcome, string>();
    this.#byField.set(field, columns.set(column, outcomes.set(outcome, example)));
  }

  of(field: string, column: Column): ReadonlyMap<Outcome, string> {
    return this.#byField.get(field)?.get(column) ?? new Map();
  }
}

const codeOf = ({ extensions }: Failure): Outcome => {
  const code = extensions?.code;
  return codes.find((known) => known === code) ?? 'OTHER';
};
const codes = ['NOT_FOUND', 'FORBIDDEN', 'STEP_UP_REQUIRED', 'BAD_USER_INPUT'] as const;

type Note = (field: string, outcome: Outcome, at: string) => void;

/** Tells of every field of an answer how it was answered. `start` names the field that stands at the top under a key. */
export function notice({ data, errors = [] }: Answer, start: (key: string) => string, note: Note): void {
  /** What has failed is null where it stood, or further up where nothing may be null. */
  const failedAt = (path: readonly (string | number)[]): Outcome | undefined => {
    const failed = errors.find((error) => path.every((step, at) => error.path?.[at] === step));
    return failed && codeOf(failed);
  };
  const look = (field: string, value: unknown, path: readonly (string | number)[]): void => {
    const at = path.join('.');
    if (value === null || value === undefined) return note(field, failedAt(path) ?? 'null', at);
    if (!Array.isArray(value)) {
      note(field, outcomeOf(value), at);
      return enter(value, path);
    }
    note(field, value.length === 0 ? 'empty' : 'shown', at);
    value.forEach((item, index) => enter(item, [...path, index]));
  };
  const enter = (value: unknown, path: readonly (string | number)[]): void => {
    if (typeof value !== 'object' || value === null) return;
    const { __typename: type, ...fields } = value as Record<string, unknown>;
    for (const [name, inner] of Object.entries(fields))
      look(`${String(type)}.${name}`, inner, [...path, name]);
  };
  if (data === null || data === undefined)
    for (const error of errors) note(start(String(error.path?.[0])), codeOf(error), String(error.path?.[0]));
  else for (const [key, value] of Object.entries(data)) look(start(key), value, [key]);
}

/** A change that is another's to decide is refused in words, to whoever may know of it. */
const outcomeOf = (value: unknown): Outcome =>
  typeof value === 'object' && value !== null && 'code' in value && value.code === 'DECISION_NOT_YOURS'
    ? 'NOT_YOURS'
    : 'shown';

/** What can be asked for whoever asks, so that somebody of each column has to have tried. */
const isStart = (field: string): boolean => /^(Query|Mutation)\.|\(reference\)$/.test(field);

const tolerated: readonly Outcome[] = ['shown', 'null', 'empty'];

/** Where what was answered is not what the matrix says, in sentences. */
export function differences(
  matrix: Matrix,
  seen: Seen,
  isMeant: (field: string) => boolean,
): readonly string[] {
  const wrong: string[] = [];
  for (const [field, cells] of matrix)
    for (const column of isMeant(field) ? everyColumn : []) {
      const wanted = cells.get(column);
      const found = seen.of(field, column);
      const told = [...found].map(([outcome, example]) => `${outcome} (${example})`).join(', ');
      const say = (what: string) => wrong.push(`${field} to ${column}: ${what}`);
      if (wanted === undefined) {
        if (found.size > 0) say(`nobody gets so far, and it was ${told}`);
      } else if (wanted.outcome === 'shown') {
        if ([...found.keys()].some((outcome) => !tolerated.includes(outcome)))
          say(`shown, and it was ${told}`);
        else if (wanted.isSure && !found.has('shown')) say(`shown, and it was ${told || 'not asked for'}`);
      } else if (found.size === 0) {
        if (isStart(field)) say(`${wanted.outcome}, and it was not asked for`);
      } else if ([...found.keys()].some((outcome) => outcome !== wanted.outcome))
        say(`${wanted.outcome}, and it was ${told}`);
    }
  return wrong;
}
