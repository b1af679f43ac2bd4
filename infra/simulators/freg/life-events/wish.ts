import { numberOf } from '../../common/people.ts';
import { osloMidnight, osloTimestamp } from '../../population/oslo.ts';
import type { Entry } from '../documents.ts';
import { BadWish, type Edit } from '../register.ts';

/** The body of a call to the control API: people are named by number or by golden name. */
export type Wish = Readonly<Record<string, unknown>>;

export function personIn(edit: Edit, wish: Wish, field: string): string {
  const number = numberOf(wish[field]);
  if (number === undefined)
    throw new BadWish(`${field} must be a national number or a name such as F1.mother`);
  if (!edit.has(number)) throw new BadWish(`${field}: nobody in the register has this number`);
  return number;
}

export function maybePersonIn(edit: Edit, wish: Wish, field: string): string | null {
  return wish[field] === undefined || wish[field] === null ? null : personIn(edit, wish, field);
}

/** When the fact became valid, which is not when it was recorded: the day asked for, or today. */
export function validFrom(edit: Edit, wish: Wish): string {
  const day = wish['from'];
  if (day === undefined) return osloMidnight(osloTimestamp(edit.at).slice(0, 10));
  if (typeof day !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(day))
    throw new BadWish('from must be a day such as 2026-09-01');
  return osloMidnight(day);
}

export function fresh(edit: Edit, from: string, aarsak: string): Entry {
  return {
    erGjeldende: true,
    ajourholdstidspunkt: osloTimestamp(edit.at, 6),
    kilde: 'folkeregistermyndigheten',
    aarsak,
    gyldighetstidspunkt: from,
  };
}

export function end(edit: Edit, entry: Entry, from: string): void {
  entry.erGjeldende = false;
  entry.opphoerstidspunkt = from;
  entry.ajourholdstidspunkt = osloTimestamp(edit.at, 6);
}

/** Ends what is current in the element and puts the new entry first, as the register does. */
export function supersede(edit: Edit, entries: Entry[], entry: Entry): void {
  for (const one of entries) if (one.erGjeldende) end(edit, one, String(entry.gyldighetstidspunkt));
  entries.unshift(entry);
}
