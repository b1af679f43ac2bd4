import { type Dated, asOf } from './dated.ts';
import type { LocalDate } from './dates.ts';

/** Act on public administration: what a decision has to say (ADM-02). */
export interface AdministrationAct {
  readonly id: 'FORVALTNINGSLOVEN_1967';
  readonly guidance: string;
  readonly documents: string;
  readonly reasons: string;
  readonly complaint: string;
  readonly complaintWeeks: number;
}

/** The act that was adopted in 2025 gets its row when its paragraphs are known. */
export const administrationActs: readonly Dated<AdministrationAct>[] = [
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
];

/** The act on public administration of a day. */
export const administrationAct = (day: LocalDate): AdministrationAct => asOf(administrationActs, day);
