import { v7 } from 'uuid';

/** A new id: UUIDv7, so that rows inserted together lie together. Domain code gets its ids as arguments instead. */
export const newId = (): string => v7();
