import type { LocalDate } from '@ranselpost/kit/pure/dates';

/** A child as an asker names it: by number, or by name and birth date. */
export type NamedChild =
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'name'; readonly name: string; readonly birthDate: LocalDate };

export const toChildText = (child: NamedChild): string => JSON.stringify(child);
export const fromChildText = (text: string): NamedChild => JSON.parse(text) as NamedChild;
