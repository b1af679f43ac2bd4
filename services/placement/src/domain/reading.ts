/** What is wrong with what was given, and where. */
export interface Problem {
  readonly code: string;
  /** As one would write it in JavaScript: `applications[3].born`. */
  readonly path: string;
  readonly wanted: string;
}

/** Nothing was done. Where the shape itself is wrong (`E_FORMAT`), `problems` say where; the other codes say it all. */
export interface Refused {
  readonly errors: readonly string[];
  readonly problems?: readonly Problem[];
}

export const isRefused = (answer: object): answer is Refused => 'errors' in answer;

type Fields = Readonly<Record<string, unknown>>;

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const daysIn = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

/** True for a day that there is, as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** Reads plain data that somebody else has written, and goes on where something is wrong, so that all of it is told. */
export class Reading {
  readonly #problems: Problem[] = [];

  /** Notes what is wrong; a shape that is wrong unless another code is given. */
  wrong(path: string, wanted: string, code = 'E_FORMAT'): void {
    this.#problems.push({ code, path, wanted });
  }

  object(value: unknown, path: string): Fields {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
    this.wrong(path, 'an object');
    return {};
  }

  list<Item>(value: unknown, path: string, item: (value: unknown, path: string) => Item): Item[] {
    if (Array.isArray(value)) return value.map((one: unknown, at) => item(one, `${path}[${at}]`));
    this.wrong(path, 'a list');
    return [];
  }

  /** An object that is read as a map, with its keys in order. */
  entries<Item>(
    value: unknown,
    path: string,
    item: (value: unknown, path: string) => Item,
  ): [string, Item][] {
    return Object.entries(this.object(value, path)).map(([key, one]) => [key, item(one, `${path}.${key}`)]);
  }

  text(value: unknown, path: string): string {
    if (typeof value === 'string') return value;
    this.wrong(path, 'a text');
    return '';
  }

  /** A name that something else refers to. */
  id(value: unknown, path: string): string {
    if (typeof value === 'string' && value !== '' && !/[\n\r]/.test(value)) return value;
    this.wrong(path, 'a text of one line that is not empty');
    return '';
  }

  flag(value: unknown, path: string): boolean {
    if (typeof value === 'boolean') return value;
    this.wrong(path, 'true or false');
    return false;
  }

  number(
    value: unknown,
    path: string,
    isRight = (_given: number): boolean => true,
    wanted = 'a number',
  ): number {
    if (typeof value === 'number' && Number.isFinite(value) && isRight(value)) return value;
    this.wrong(path, wanted);
    return 0;
  }

  day(value: unknown, path: string): string {
    if (typeof value === 'string' && isDay(value)) return value;
    this.wrong(path, 'a day, YYYY-MM-DD');
    return '2000-01-01';
  }

  oneOf<Name extends string>(value: unknown, path: string, names: readonly Name[]): Name {
    const found = names.find((name) => name === value);
    if (found !== undefined) return found;
    this.wrong(path, `one of ${names.join(', ')}`);
    return names[0]!;
  }

  /** Notes each that was there before. */
  unique(names: readonly string[], path: (at: number) => string, code: string, wanted: string): void {
    const seen = new Set<string>();
    for (const [at, name] of names.entries()) {
      if (seen.has(name)) this.wrong(path(at), wanted, code);
      seen.add(name);
    }
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** What is answered where anything was wrong. */
  refusal(): Refused | null {
    return this.#problems.length === 0 ? null : refusedFor(this.#problems);
  }
}

/** Codes are sorted and each is told once; places are told of a shape that is wrong, which no code tells enough of. */
export function refusedFor(problems: readonly Problem[]): Refused {
  const errors = [...new Set(problems.map(({ code }) => code))].toSorted();
  const shape = problems.filter(({ code }) => code === 'E_FORMAT');
  return shape.length === 0 ? { errors } : { errors, problems: shape };
}
