import { join } from 'node:path';
import { Journal } from '../common/journal.ts';
import type { Population } from '../population/index.ts';
import { unitFacts, type UnitFacts } from './facts.ts';

/** Every unit as it is now; what was changed through the control API is kept. */
export class Units {
  readonly #units: Map<string, UnitFacts>;
  readonly #journal: Journal<UnitFacts>;

  constructor(population: Population, stateDir: string | null) {
    this.#units = new Map(unitFacts(population).map((unit) => [unit.organisationNumber, unit]));
    this.#journal = new Journal(stateDir === null ? null : join(stateDir, 'units.jsonl'));
    for (const unit of this.#journal.replay()) this.#units.set(unit.organisationNumber, unit);
  }

  of(organisationNumber: string): UnitFacts | undefined {
    return this.#units.get(organisationNumber);
  }

  ofKind(kind: UnitFacts['kind']): readonly UnitFacts[] {
    return [...this.#units.values()].filter((unit) => unit.kind === kind);
  }

  change(before: UnitFacts, wish: Partial<UnitFacts>, now: number): UnitFacts {
    const { organisationNumber, kind } = before;
    const changedAt = new Date(now).toISOString().slice(0, -1);
    const unit = { ...before, ...wish, organisationNumber, kind, changedAt };
    this.#journal.append(unit);
    this.#units.set(organisationNumber, unit);
    return unit;
  }

  close(): void {
    this.#journal.close();
  }
}
