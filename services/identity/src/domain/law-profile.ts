import type { LocalDate } from '@ranselpost/kit/pure/dates';

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

interface Dated<Act> {
  /** The first day. Null: adopted, and the day that it comes into force is not known. */
  readonly from: LocalDate | null;
  readonly act: Act;
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
    { from: '1982-01-01', act: { id: 'BARNELOVA_1981', information: '§ 47' } },
    { from: null, act: { id: 'BARNELOVA_2025', information: '§ 6-12' } },
  ],
  administration: [
    {
      from: '1970-01-01',
      act: {
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
  children: inForce(table.children, day),
  administration: inForce(table.administration, day),
});

function inForce<Act>(acts: readonly Dated<Act>[], day: LocalDate): Act {
  const begun = acts.flatMap(({ from, act }) => (from !== null && from <= day ? [{ from, act }] : []));
  const [newest] = begun.toSorted((one, other) => (one.from < other.from ? 1 : -1));
  if (newest === undefined) throw new Error(`no act is in force on ${day}`);
  return newest.act;
}
