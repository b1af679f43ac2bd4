import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type Dated, asOf } from './dated.ts';

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

/** Act on public administration: what a decision has to say (ADM-02). */
export interface AdministrationAct {
  readonly id: 'FORVALTNINGSLOVEN_1967';
  readonly guidance: string;
  readonly documents: string;
  readonly reasons: string;
  readonly complaint: string;
  readonly complaintWeeks: number;
}

export interface LawTable {
  readonly children: readonly Dated<ChildrenAct>[];
  readonly administration: readonly Dated<AdministrationAct>[];
}

/**
 * The one table of what changes with the law. A new act gets its day here and nowhere else; the act on public
 * administration that was adopted in 2025 gets its row when its paragraphs are known.
 */
export const laws: LawTable = {
  children: [
    { from: '1982-01-01', value: { id: 'BARNELOVA_1981', information: '§ 47' } },
    { from: null, value: { id: 'BARNELOVA_2025', information: '§ 6-12' } },
  ],
  administration: [
    {
      from: '1970-01-01',
      value: {
        id: 'FORVALTNINGSLOVEN_1967',
        guidance: '§ 11',
        documents: '§§ 18 og 19',
        reasons: '§ 24',
        complaint: '§§ 28 og 29',
        complaintWeeks: 3,
      },
    },
  ],
};

/** The law of a day. */
export const lawProfile = (day: LocalDate, table: LawTable = laws): LawProfile => ({
  children: asOf(table.children, day),
  administration: asOf(table.administration, day),
});
