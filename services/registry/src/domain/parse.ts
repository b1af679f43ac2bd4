/** What came from outside is anything at all until each field has been looked at. */
export type Unknown = Readonly<Record<string, unknown>>;

/** A document whose shape is not what any reading of the contract allows. What was known before stays, and it is read again later. */
export class UnreadableDocument extends Error {
  readonly element: string;
  constructor(element: string) {
    super(`cannot read the element ${element}`);
    this.name = 'UnreadableDocument';
    this.element = element;
  }
}

export const isObject = (value: unknown): value is Unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The entries of an element, which the register gives as a list and sometimes as one object. Anything else is not read as
 * "no entries": that would say that a child has nobody when all we know is that we could not read.
 */
export function entriesOf(document: Unknown, element: string): readonly Unknown[] {
  const value = document[element];
  if (value === undefined || value === null) return [];
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  return entries.map((entry) => {
    if (!isObject(entry)) throw new UnreadableDocument(element);
    return entry;
  });
}

/** Only `erGjeldende: true` gives anybody anything (GUA-04). */
export const isCurrent = (entry: Unknown): boolean => entry['erGjeldende'] === true;

/** What takes away or protects holds unless the register says that it has ended. */
export const isNotEnded = (entry: Unknown): boolean => entry['erGjeldende'] !== false;

/** A text with something in it; placeholders such as `-` are nothing. */
export function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return /^[-–.?]*$/.test(text) ? null : text;
}

export const numberOf = (value: unknown): string | null =>
  typeof value === 'string' && /^\d{11}$/.test(value) ? value : null;

/** A day that exists, from a day or an instant. */
export function dayOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const day = /^\d{4}-\d{2}-\d{2}(?=$|[T+Z])/.exec(value)?.[0];
  if (day === undefined) return null;
  const instant = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day) ? day : null;
}

/** An instant from a time stamp with an offset, with or without minutes in it: `new Date` cannot read `+02`. */
export function instantOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(Z|[+-]\d{2}(?::?\d{2})?)$/.exec(
    value.trim(),
  );
  if (match === null) return null;
  const [, local, offset] = match as unknown as [string, string, string];
  const digits = offset.replace(':', '').slice(1).padEnd(4, '0');
  const zone = offset === 'Z' ? 'Z' : `${offset[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
  const instant = new Date(local.replace(/(\.\d{3})\d+/, '$1') + zone);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}
