import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, writeJson } from './files.ts';
import { isAlive, type Proof } from './processes.ts';

export type Kind = 'gateway' | 'service' | 'simulator' | 'nats' | 'postgres';

export type RunningPart = Proof & {
  readonly kind: Kind;
  readonly log: string;
  readonly ports: readonly number[];
  /** False while it is down on purpose, as in the demo: that is no crash. */
  readonly isMeantToRun: boolean;
};

export type State = {
  readonly portBase: number;
  readonly mode: 'foreground' | 'detached' | 'stopping';
  readonly launcher: Proof | undefined;
  readonly parts: Readonly<Record<string, RunningPart>>;
};

/** What runs from a data folder, on disk, so that the next launcher knows it also after a kill -9 of this one. */
export class StateFile {
  readonly #path: string;

  constructor(dataDir: string) {
    this.#path = join(dataDir, 'state.json');
  }

  read(): State | undefined {
    return readJson<State>(this.#path);
  }

  /** Read and written in one go: the demo and a launcher in another terminal may both have something to say. */
  update(change: (state: State) => State): void {
    const state = this.read();
    if (state !== undefined) writeJson(this.#path, change(state));
  }

  write(state: State): void {
    writeJson(this.#path, state);
  }

  setPart(name: string, part: RunningPart): void {
    this.update((state) => ({ ...state, parts: { ...state.parts, [name]: part } }));
  }

  remove(): void {
    rmSync(this.#path, { force: true });
  }
}

/** The parts that run right now; what the file says and the machine does not is left out. */
export function aliveParts(state: State | undefined): Readonly<Record<string, RunningPart>> {
  return Object.fromEntries(Object.entries(state?.parts ?? {}).filter(([, part]) => isAlive(part)));
}
