import { join } from 'node:path';
import type { CalendarTerms } from '../../visitor/register.ts';
import { readJson, writeJson } from '../files.ts';
import type { Stack } from '../stack.ts';

/** What a play changes and cannot be found again without a note: it is put right also when it was broken off. */
export interface Notes {
  /** Whom the story restricts: a child whom nobody sees any more. */
  readonly children: readonly string[];
  /** What units said of their days before the story, by their ids. */
  readonly calendars: Readonly<Record<string, CalendarTerms>>;
}

const file = (stack: Stack): string => join(stack.dataDir, 'demo.json');

export const notesOf = (stack: Stack): Notes => ({
  ...{ children: [], calendars: {} },
  ...readJson<Partial<Notes>>(file(stack)),
});

export const note = (stack: Stack, some: Partial<Notes>): void =>
  writeJson(file(stack), { ...notesOf(stack), ...some });
