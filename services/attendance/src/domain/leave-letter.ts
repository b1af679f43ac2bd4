import { type AdministrationAct, administrationAct } from '@ranselpost/kit/pure/administration-act';
import { type LocalDate, addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import { onWorkingDay } from '@ranselpost/kit/pure/working-days';
import type { Leave, Period, Verdict } from './leave.ts';
import type { LeaveRules } from './leave-regulation.ts';

/** The last day to complain, by when the decision was opened. Null before: in doubt the time has not begun (ADM-03). */
export const complaintDeadline = (openedAt: Date | null): LocalDate | null => {
  if (openedAt === null) return null;
  const day = localDateAt(openedAt);
  return onWorkingDay(addDays(day, 7 * administrationAct(day).complaintWeeks));
};

interface Decided {
  readonly leave: Pick<Leave, 'firstDay' | 'lastDay' | 'kind'>;
  readonly verdict: Pick<Verdict, 'outcome' | 'reasons'>;
  readonly schoolDayCount: number;
  /** The day of the decision that it replaces; null for the first (ADM-10). */
  readonly replaces: LocalDate | null;
  /** The days that it is about: all that were applied for, or fewer. */
  readonly period: Period;
  /** What stands of leave that is refused after all; null where nothing does. */
  readonly stands: Period | null;
}

/**
 * A decision on leave as both guardians read it: outcome, law, reasons, complaint with body and time, documents, help (ADM-02). It names
 * neither child nor school, and of a holy day not which (LEA-04).
 */
export function leaveLetter(
  decided: Decided,
  { complaintTo, writtenForm }: Pick<LeaveRules, 'complaintTo' | 'writtenForm'>,
  day: LocalDate,
): string {
  const lines = writtenForm === 'nn' ? inNynorsk : inBokmaal;
  return lines(decided, complaintTo, administrationAct(day)).join('\n\n');
}

/** `7.12.2026`. */
export const written = (day: LocalDate): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${date}.${month}.${year}`;
};

type Lines = (decided: Decided, complaintTo: string, act: AdministrationAct) => readonly string[];

const isLess = ({ leave, period }: Decided): boolean =>
  period.firstDay !== leave.firstDay || period.lastDay !== leave.lastDay;

const inBokmaal: Lines = (decided, complaintTo, act) => {
  const { leave, verdict, schoolDayCount, period, stands, replaces } = decided;
  return [
    'Vedtak om permisjon fra skolen etter opplæringslova § 2-2',
    ...(replaces === null ? [] : [`Dette vedtaket erstatter vedtaket av ${written(replaces)}.`]),
    verdict.outcome === 'GRANTED'
      ? `Barnet får permisjon fra ${written(period.firstDay)} til og med ${written(period.lastDay)}. Det er ${schoolDayCount} ${schoolDayCount === 1 ? 'skoledag' : 'skoledager'}.`
      : `Barnet får ikke permisjon fra ${written(period.firstDay)} til og med ${written(period.lastDay)}.`,
    ...(isLess(decided)
      ? [
          `Søknaden gjaldt fra ${written(leave.firstDay)} til og med ${written(leave.lastDay)}. ${verdict.outcome === 'GRANTED' ? 'For de andre dagene får barnet ikke permisjon.' : ''}`.trim(),
        ]
      : []),
    ...(stands === null
      ? []
      : [`Permisjonen fra ${written(stands.firstDay)} til og med ${written(stands.lastDay)} står ved lag.`]),
    `Begrunnelse (forvaltningsloven ${act.reasons})`,
    leave.kind === 'HOLY_DAY' && verdict.outcome === 'GRANTED'
      ? 'Retten til å være borte på helligdag følger av opplæringslova § 2-2. De foresatte sørger for undervisningen barnet trenger.'
      : 'Søknaden er vurdert etter opplæringslova § 2-2 og kommunens forskrift om permisjon, med vekt på barnets beste og på hva barnet mener.',
    ...(verdict.reasons === null ? [] : [verdict.reasons]),
    `Slik kan du klage (forvaltningsloven ${act.complaint})`,
    `Du kan klage til ${complaintTo}. Fristen er ${act.complaintWeeks} uker fra du mottok vedtaket. Klagen skriver du ved vedtaket i portalen eller i et brev til skolen, som sender den videre. Skriv hva du vil ha endret, og gjerne hvorfor.`,
    `Du kan be om å få se sakens dokumenter (forvaltningsloven ${act.documents}). Skolen hjelper deg med å klage hvis du ber om det (${act.guidance}).`,
  ];
};

const inNynorsk: Lines = (decided, complaintTo, act) => {
  const { leave, verdict, schoolDayCount, period, stands, replaces } = decided;
  return [
    'Vedtak om permisjon frå skulen etter opplæringslova § 2-2',
    ...(replaces === null ? [] : [`Dette vedtaket erstattar vedtaket av ${written(replaces)}.`]),
    verdict.outcome === 'GRANTED'
      ? `Barnet får permisjon frå ${written(period.firstDay)} til og med ${written(period.lastDay)}. Det er ${schoolDayCount} ${schoolDayCount === 1 ? 'skuledag' : 'skuledagar'}.`
      : `Barnet får ikkje permisjon frå ${written(period.firstDay)} til og med ${written(period.lastDay)}.`,
    ...(isLess(decided)
      ? [
          `Søknaden gjaldt frå ${written(leave.firstDay)} til og med ${written(leave.lastDay)}. ${verdict.outcome === 'GRANTED' ? 'For dei andre dagane får barnet ikkje permisjon.' : ''}`.trim(),
        ]
      : []),
    ...(stands === null
      ? []
      : [`Permisjonen frå ${written(stands.firstDay)} til og med ${written(stands.lastDay)} står ved lag.`]),
    `Grunngiving (forvaltningslova ${act.reasons})`,
    leave.kind === 'HOLY_DAY' && verdict.outcome === 'GRANTED'
      ? 'Retten til å vere borte på heilagdag følgjer av opplæringslova § 2-2. Dei føresette syter for undervisninga barnet treng.'
      : 'Søknaden er vurdert etter opplæringslova § 2-2 og forskrifta til kommunen om permisjon, med vekt på det beste for barnet og på kva barnet meiner.',
    ...(verdict.reasons === null ? [] : [verdict.reasons]),
    `Slik kan du klage (forvaltningslova ${act.complaint})`,
    `Du kan klage til ${complaintTo}. Fristen er ${act.complaintWeeks} veker frå du fekk vedtaket. Klaga skriv du ved vedtaket i portalen eller i eit brev til skulen, som sender ho vidare. Skriv kva du vil ha endra, og gjerne kvifor.`,
    `Du kan be om å få sjå dokumenta i saka (forvaltningslova ${act.documents}). Skulen hjelper deg med å klage dersom du ber om det (${act.guidance}).`,
  ];
};
