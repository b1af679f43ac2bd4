/** Messages between guardians and the staff of a unit, about children who have the very same guardians (GUA-23). */
export interface Thread {
  readonly id: string;
  readonly unitId: string;
  readonly childIds: readonly string[];
  /** The guardians it is for, as it was opened: never more of them (S-09). */
  readonly homeReaderIds: readonly string[];
  readonly startedAt: Date;
}
