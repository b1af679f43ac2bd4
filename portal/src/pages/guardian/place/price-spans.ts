import type { PlacePricesQuery } from '../../../graph/generated/operations.ts';

type Months = Extract<PlacePricesQuery['placePrices'], { readonly __typename: 'PlacePrices' }>['months'];

/** Months on end that cost the same. */
interface Span {
  readonly first: string;
  readonly last: string;
  readonly place: number;
  readonly food: number;
}

/** What all children cost together, with months that cost the same in one. */
export function spansOf(months: Months): readonly Span[] {
  const spans: Span[] = [];
  for (const { month, children } of months) {
    const place = children.reduce((sum, { kroner }) => sum + kroner, 0);
    const food = children.reduce((sum, one) => sum + one.food, 0);
    const before = spans.at(-1);
    if (before?.place === place && before.food === food) spans[spans.length - 1] = { ...before, last: month };
    else spans.push({ first: month, last: month, place, food });
  }
  return spans;
}

/** `1 200`: whole kroner, as all languages here can read them, with spaces that do not break. */
export const kronerOf = (amount: number): string =>
  String(Math.round(amount)).replaceAll(/\B(?=(\d{3})+$)/g, '\u{A0}');
