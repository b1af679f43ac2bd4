import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** When something was asked and when there was an answer, in milliseconds since the run began. */
interface Asked {
  readonly begin: number;
  readonly end: number;
}
/** No answer: `UNAVAILABLE` in words, `away` without a connection, `late` beyond the asker's patience; or what it should not be. */
export interface Failed {
  readonly got: 'failed';
  readonly code: string;
}
type Got<Answer> = Answer | Failed;

/** One line of what happened in a run. Ids and golden names, no person's name and no text of anybody's. */
export type Happening =
  | {
      readonly kind: 'fault';
      readonly at: number;
      readonly parts: readonly string[];
      readonly how: 'killed' | 'stopped' | 'paused' | 'back';
    }
  /** Somebody reports an absence, of a child at a unit on a day. */
  | ({ readonly kind: 'report'; readonly by: string; readonly child: string; readonly slot: string } & Asked &
      Got<{ readonly got: 'receipt' | 'known'; readonly id: string } | { readonly got: 'closed' }>)
  /** Somebody reads a child's absences: the newest, a page of them. */
  | ({ readonly kind: 'list'; readonly by: string; readonly child: string } & Asked &
      Got<{ readonly got: 'answer'; readonly ids: readonly string[] }>)
  /** Whether a service answers somebody for a child. */
  | ({ readonly kind: 'sight'; readonly service: 'identity' | 'attendance'; readonly pair: string } & Asked &
      Got<{ readonly got: 'seen' | 'hidden' }>)
  /** A right is taken or given; by staff it counts when it has been answered, by the register when that has been read. */
  | ({
      readonly kind: 'right';
      readonly pair: string;
      readonly holds: boolean;
      readonly by: 'staff' | 'register';
    } & Asked)
  /** Reporting is stopped or opened at the units of the run. */
  | ({ readonly kind: 'feature'; readonly isOpen: boolean } & Asked)
  /** Somebody asks a question about a child (barnelova § 47). */
  | ({ readonly kind: 'question'; readonly by: string } & Asked &
      Got<{ readonly got: 'receipt'; readonly id: string }>)
  /** What stands when everything has been well again for a while, seen past every lock. */
  | { readonly kind: 'absences'; readonly found: readonly { readonly id: string; readonly slot: string }[] }
  | { readonly kind: 'questions'; readonly found: readonly string[] }
  | { readonly kind: 'log'; readonly pair: string; readonly rows: number }
  | { readonly kind: 'check'; readonly what: string; readonly holds: boolean };

/** Everything that happened, in order; in a file too, so that it is there after a crash of the run itself. */
export class History {
  readonly happenings: Happening[] = [];
  readonly #began = performance.now();
  readonly #file: string | undefined;

  constructor(file?: string) {
    this.#file = file;
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
  }

  now(): number {
    return Math.round(performance.now() - this.#began);
  }

  add(happening: Happening): void {
    this.happenings.push(happening);
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(happening)}\n`);
  }
}
