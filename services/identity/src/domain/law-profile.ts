import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type AdministrationAct, administrationActs } from '@ranselpost/kit/pure/administration-act';
import { type Dated, asOf } from '@ranselpost/kit/pure/dated';

/** What the texts and deadlines of a case take from the law of a day (GUA-27). */
export interface LawProfile {
  readonly children: ChildrenAct;
  readonly administration: AdministrationAct;
}

/** Act on children and parents. */
export interface ChildrenAct {
  /** As it is kept with a decision. */
  readonly id: 'BARNELOVA_1981' | 'BARNELOVA_2025';
  /** A parent without responsibility is told on request (GUA-07). */
  readonly information: string;
}

export interface LawTable {
  readonly children: readonly Dated<ChildrenAct>[];
  readonly administration: readonly Dated<AdministrationAct>[];
}

/**
 * The one table of what changes with the law. A new act gets its day here and nowhere else; the act on public administration in
 * the kit, as others decide by it too.
 */
export const laws: LawTable = {
  children: [
    { from: '1982-01-01', value: { id: 'BARNELOVA_1981', information: '§ 47' } },
    { from: null, value: { id: 'BARNELOVA_2025', information: '§ 6-12' } },
  ],
  administration: administrationActs,
};

/** The law of a day. */
export const lawProfile = (day: LocalDate, table: LawTable = laws): LawProfile => ({
  children: asOf(table.children, day),
  administration: asOf(table.administration, day),
});
