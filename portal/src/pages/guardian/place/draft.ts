import type {
  PlacementApplicationQuery,
  SavePlacementApplicationMutationVariables,
} from '../../../graph/generated/operations.ts';

export type Application = NonNullable<PlacementApplicationQuery['placementApplication']>;
export type Round = NonNullable<Application['round']>;
export type OwnChild = NonNullable<PlacementApplicationQuery['viewer']>['children'][number];
export type DraftInput = Omit<SavePlacementApplicationMutationVariables['input'], 'version'>;

/** A unit that is wished for; where it stands in the list is how much. */
export interface Wish {
  readonly unitId: string;
  readonly siblingId: string | null;
}

/** What is written of an application. */
export interface Draft {
  readonly wishes: readonly Wish[];
  /** Empty: whenever there is a place. */
  readonly wantedStart: string;
  /** Of those who are responsible besides whoever writes. */
  readonly guardianIds: readonly string[];
}

export const steps = ['wishes', 'start', 'family', 'check'] as const;
export type Step = (typeof steps)[number];

/** What was written before. Until somebody has said something else, all who may be known of are named. */
export function draftOf(application: Application, others: readonly string[]): Draft {
  const named = application.guardians.map(({ id }) => id).filter((id) => others.includes(id));
  return {
    wishes: application.wishes
      .toSorted((one, other) => one.rank - other.rank)
      .flatMap(({ unit, sibling }) =>
        unit === null ? [] : [{ unitId: unit.id, siblingId: sibling?.id ?? null }],
      ),
    wantedStart: application.wantedStart ?? '',
    guardianIds: application.wishes.length === 0 && named.length === 0 ? others : named,
  };
}

export const toInput = (
  { wishes, wantedStart, guardianIds }: Draft,
  of: { readonly childId: string; readonly roundId: string },
): DraftInput => ({
  ...of,
  wishes: wishes.map(({ unitId, siblingId }, at) => ({
    ...{ unitId, rank: at + 1 },
    ...(siblingId !== null && { siblingId }),
  })),
  wantedStart: wantedStart === '' ? null : wantedStart,
  guardianIds: [...guardianIds],
});

/** The list with one of it moved up or down. Nothing moves beyond its ends. */
export function moved<Item>(list: readonly Item[], at: number, by: -1 | 1): readonly Item[] {
  const [one, other] = [list[at], list[at + by]];
  if (one === undefined || other === undefined) return list;
  return list.with(at, other).with(at + by, one);
}

/** The days from which a place may be wanted: those of the year that is applied for (BHG-02). */
export function startDays({ admissionYear, yearBegins }: Pick<Round, 'admissionYear' | 'yearBegins'>): {
  readonly first: string;
  readonly last: string;
} {
  const begins = new Date(`${admissionYear + 1}-${yearBegins}T00:00:00Z`);
  begins.setUTCDate(begins.getUTCDate() - 1);
  return { first: `${admissionYear}-${yearBegins}`, last: begins.toISOString().slice(0, 10) };
}

/** What is wrong, by the step where it can be mended. The municipality looks anew when it is sent. */
export function wrongs(
  { wishes, wantedStart }: Draft,
  round: Pick<Round, 'admissionYear' | 'yearBegins' | 'wishLimit'>,
): readonly {
  readonly step: Step;
  readonly word: 'place.wrong.none' | 'place.wrong.many' | 'place.wrong.start';
}[] {
  const { first, last } = startDays(round);
  return [
    ...(wishes.length === 0 ? [{ step: 'wishes', word: 'place.wrong.none' } as const] : []),
    ...(wishes.length > round.wishLimit ? [{ step: 'wishes', word: 'place.wrong.many' } as const] : []),
    ...(wantedStart !== '' && (wantedStart < first || wantedStart > last)
      ? [{ step: 'start', word: 'place.wrong.start' } as const]
      : []),
  ];
}
