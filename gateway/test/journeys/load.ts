import { schoolDayAhead } from '@ranselpost/infra/visitor/absences';
import type { Visitor } from '@ranselpost/infra/visitor/visitor';
import { newId } from '@ranselpost/kit/ids';
import { setTimeout as sleep } from 'node:timers/promises';
import { absencesOf, report } from './absences.ts';

const page = `query Page { viewer { children { id name { given } enrolments { unit { id } }
  absences(first: 100) { nodes { id day } } } } }`;
type Page = {
  readonly viewer: {
    readonly children: readonly {
      readonly id: string;
      readonly enrolments: readonly { readonly unit: { readonly id: string } }[];
      readonly absences: { readonly nodes: readonly { readonly id: string }[] } | null;
    }[];
  } | null;
};

/** A guardian who reads and reports without end, remembers every receipt, and notes what cannot be true. */
export class RestlessGuardian {
  readonly receipts: string[] = [];
  /** Answers that say something false: a child or an absence missing without a word, or a failure that passes for a refusal. */
  readonly lies: string[] = [];
  readonly failures = new Map<string, number>();
  slowestMs = 0;
  reads = 0;
  readonly #visitor: Visitor;
  readonly #childId: string;
  #unitId = '';
  #day = 0;
  #stop = false;
  #running: Promise<void> = Promise.resolve();

  constructor(visitor: Visitor, childId: string) {
    this.#visitor = visitor;
    this.#childId = childId;
  }

  async start(): Promise<this> {
    const { data } = await this.#visitor.ask<Page>(page);
    const child = data?.viewer?.children.find(({ id }) => id === this.#childId);
    if (child === undefined) throw new Error('the guardian does not see the child to begin with');
    this.#unitId = child.enrolments[0]!.unit.id;
    // A hundred is what one page holds, and every receipt has to be on it.
    this.#day = 130 + ((await absencesOf(this.#visitor, this.#childId))?.length ?? 0);
    this.#stop = false;
    this.#running = this.#run();
    return this;
  }

  async stop(): Promise<void> {
    this.#stop = true;
    await this.#running;
  }

  /** Receipts that cannot be found any more. */
  async lost(): Promise<readonly string[]> {
    const found = await absencesOf(this.#visitor, this.#childId);
    if (found === null) throw new Error('the absences cannot be read');
    return this.receipts.filter((id) => !found.some((absence) => absence.id === id));
  }

  async #run(): Promise<void> {
    for (let turn = 0; !this.#stop; turn += 1) {
      const began = performance.now();
      try {
        if (turn % 5 === 0 && this.receipts.length < 60) await this.#report();
        else await this.#read();
      } catch (error) {
        this.#failed(error instanceof Error ? error.name : 'unknown');
      }
      this.slowestMs = Math.max(this.slowestMs, performance.now() - began);
      await sleep(20);
    }
  }

  async #read(): Promise<void> {
    const known = [...this.receipts];
    const { data, codes, status } = await this.#visitor.ask<Page>(page);
    this.reads += 1;
    for (const code of codes) this.#failed(code);
    if (status !== 200 || data?.viewer == null) {
      if (codes.length === 0) this.lies.push(`nothing, and no word why (${status})`);
      return;
    }
    const child = data.viewer.children.find(({ id }) => id === this.#childId);
    if (child === undefined) return void this.lies.push('the child is gone');
    if (child.absences === null) {
      if (codes.length === 0) this.lies.push('no absences, and no word why');
      return;
    }
    const missing = known.filter((id) => !child.absences!.nodes.some((absence) => absence.id === id));
    if (missing.length > 0) this.lies.push(`${missing.length} absences are missing`);
  }

  async #report(): Promise<void> {
    this.#day += 1;
    const input = {
      ...{ childId: this.#childId, unitId: this.#unitId, day: schoolDayAhead(this.#day) },
      ...{ cause: 'OTHER', idempotencyKey: newId() },
    };
    const { data, codes } = await report(this.#visitor, input);
    for (const code of codes) this.#failed(code);
    const outcome = data?.reportAbsence;
    if (outcome?.absence !== undefined) this.receipts.push(outcome.absence.id);
    else if (codes.length === 0) this.lies.push(`a report gets ${outcome?.__typename ?? 'nothing'}`);
  }

  #failed(code: string): void {
    this.failures.set(code, (this.failures.get(code) ?? 0) + 1);
    // Away is what may be said while something is away; anything else would mislead.
    if (code !== 'UNAVAILABLE' && code !== 'TypeError') this.lies.push(code);
  }
}
