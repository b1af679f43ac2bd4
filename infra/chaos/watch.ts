import { setTimeout as sleep } from 'node:timers/promises';
import { type AnsweringService, questionTo } from '../visitor/questions.ts';
import type { Visitor } from '../visitor/visitor.ts';
import { ask } from './ask.ts';
import type { History } from './history.ts';

/** Somebody who looks at a child through some services without end, and notes what each answers. */
export class Watcher {
  readonly pair: string;
  /** What each service has answered last. */
  readonly last = new Map<AnsweringService, 'seen' | 'hidden'>();
  readonly #history: History;
  readonly #childId: string;
  readonly #signIn: (() => Promise<Visitor>) | undefined;
  #who: Visitor;

  /** With `signIn`, somebody whose session ends with their last child signs in again. */
  constructor(
    history: History,
    pair: string,
    who: Visitor,
    childId: string,
    signIn?: () => Promise<Visitor>,
  ) {
    this.#history = history;
    this.pair = pair;
    this.#who = who;
    this.#childId = childId;
    this.#signIn = signIn;
  }

  async watch(services: readonly AnsweringService[], isOver: () => boolean): Promise<void> {
    await Promise.all(
      services.map(async (service) => {
        while (!isOver()) {
          await this.#look(service);
          await sleep(80);
        }
      }),
    );
  }

  /** Waits until the services say what they should, or the run has been over for long. */
  async until(wanted: 'seen' | 'hidden', isOver: () => boolean): Promise<boolean> {
    const isSo = (): boolean =>
      this.last.size > 0 && [...this.last.values()].every((said) => said === wanted);
    let overSince = Number.POSITIVE_INFINITY;
    while (!isSo() && this.#history.now() - overSince <= settlesWithinMs) {
      await sleep(50);
      if (isOver()) overSince = Math.min(overSince, this.#history.now());
    }
    return isSo();
  }

  async #look(service: AnsweringService): Promise<void> {
    const { query, variables } = questionTo[service](this.#childId);
    const told = await ask(this.#history, this.#who, query, variables);
    const { begin, end } = told;
    const about = { kind: 'sight', service, pair: this.pair, begin, end } as const;
    if (told.got === 'failed') return this.#history.add({ ...about, got: 'failed', code: told.code });
    const got = told.got === 'hidden' ? 'hidden' : 'seen';
    this.#history.add({ ...about, got });
    this.last.set(service, got);
    if (told.got === 'hidden' && told.isSignedOut && this.#signIn !== undefined)
      this.#who = await this.#signIn().catch(() => this.#who);
  }
}

/** What has not settled within this, once all is well, does not. */
export const settlesWithinMs = 60_000;
