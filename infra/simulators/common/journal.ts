import { closeSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * What has happened since the municipality was made up, one JSON line for each change, only ever added to. A line is
 * in the operating system's hands before the change is answered, so a kill -9 loses nothing that anybody was told.
 */
export class Journal<Line> {
  readonly #file: string | null;
  #descriptor: number | null = null;

  /** Without a file everything lasts as long as the process. */
  constructor(file: string | null) {
    this.#file = file;
  }

  /** All whole lines. A torn last line, from a process that was killed while it wrote, is cut off. */
  replay(): Line[] {
    if (this.#file === null) return [];
    mkdirSync(dirname(this.#file), { recursive: true });
    let content: Buffer;
    try {
      content = readFileSync(this.#file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      content = Buffer.alloc(0);
    }
    const whole = content.lastIndexOf(0x0a) + 1;
    if (whole < content.length) truncateSync(this.#file, whole);
    const lines = content
      .subarray(0, whole)
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '');
    this.#descriptor = openSync(this.#file, 'a');
    return lines.map((line) => JSON.parse(line) as Line);
  }

  append(line: Line): void {
    if (this.#descriptor !== null) writeSync(this.#descriptor, `${JSON.stringify(line)}\n`);
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }
}
