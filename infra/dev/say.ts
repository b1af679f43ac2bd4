/** Something is wrong that the reader can mend: shown as its sentence alone, without a stack. */
export class Mendable extends Error {
  override readonly name = 'Mendable';
}

export type Say = (line: string) => void;

export const say: Say = (line) => {
  process.stdout.write(`${line}\n`);
};

export function seconds(sinceMs: number): string {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
}

/** Says what is being done while it is done, and how long it took when it is. */
export async function step<T>(tell: Say, what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  try {
    const result = await work();
    tell(`  ${what.padEnd(58)} ${seconds(began).padStart(7)}`);
    return result;
  } catch (error) {
    tell(`  ${what.padEnd(58)} failed after ${seconds(began)}`);
    throw error;
  }
}
