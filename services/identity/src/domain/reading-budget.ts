/** How many children a member of staff has read of within the last hour. */
export interface ReadingOfAnHour {
  readonly readerId: string;
  readonly children: number;
}

/** Those who have read of more children than budgeted, and of whom nobody has been told within the hour (V07). */
export const decideAlarms = (
  readings: readonly ReadingOfAnHour[],
  raised: readonly string[],
  budget: number,
): readonly ReadingOfAnHour[] =>
  readings.filter(({ readerId, children }) => children > budget && !raised.includes(readerId));
