/** What is taken from a message that may not be sent into the contact form. */
export interface Carried {
  readonly unitId: string | undefined;
  readonly childIds: readonly string[];
  readonly subject: string;
  readonly text: string;
}

let held: Carried | undefined;

/** Holds a text in the memory of this page alone, until the contact form takes it. */
export function carry(carried: Carried | undefined): void {
  held = carried;
}

export const carriedOver = (): Carried | undefined => held;
