/** Where nobody could say how the real service behaves, both ways can be had. */
export interface Modes {
  /** What a `seq` beyond the last number is answered with. */
  beyondLast: 'empty' | '404';
  /** What a bulk look-up makes of a number that has ended: an error line, or the person who has it behind them. */
  bulkEnded: 'error' | 'survivor';
}
