import { v4, v5, v7 } from 'uuid';

/** A new id: UUIDv7, so that rows inserted together lie together. Domain code gets its ids as arguments instead. */
export const newId = (): string => v7();

/** The same, where whoever reads it must not learn when it was made: UUIDv4, as the others begin with the millisecond (ADR-11). */
export const newUntimedId = (): string => v4();

const names = '6f1d7e52-2a0c-4c39-9d0b-8f7a4d3b1e60';

/** The id of what has no id of its own and is known by something else: the same each time for the same name. */
export const idFor = (name: string): string => v5(name, names);
