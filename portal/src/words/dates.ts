import type { LanguageCode } from './languages.ts';

interface Calendar {
  readonly months: readonly string[];
  /** From Monday. */
  readonly weekdays: readonly string[];
  /** A day of a month. */
  readonly day: (day: number, month: string) => string;
  readonly time: (time: string) => string;
}

const ordinal = (day: number, month: string): string => `${day}. ${month}`;
const withDot = (time: string): string => time.replace(':', '.');

/** Browsers know neither nynorsk nor Northern Sami by heart and would write English: so every language has its names here. */
const calendars: Readonly<Record<LanguageCode, Calendar>> = {
  nb: {
    months: [
      'januar',
      'februar',
      'mars',
      'april',
      'mai',
      'juni',
      'juli',
      'august',
      'september',
      'oktober',
      'november',
      'desember',
    ],
    weekdays: ['mandag', 'tirsdag', 'onsdag', 'torsdag', 'fredag', 'lørdag', 'søndag'],
    day: ordinal,
    time: withDot,
  },
  nn: {
    months: [
      'januar',
      'februar',
      'mars',
      'april',
      'mai',
      'juni',
      'juli',
      'august',
      'september',
      'oktober',
      'november',
      'desember',
    ],
    weekdays: ['måndag', 'tysdag', 'onsdag', 'torsdag', 'fredag', 'laurdag', 'sundag'],
    day: ordinal,
    time: withDot,
  },
  se: {
    months: [
      'ođđajagemánnu',
      'guovvamánnu',
      'njukčamánnu',
      'cuoŋománnu',
      'miessemánnu',
      'geassemánnu',
      'suoidnemánnu',
      'borgemánnu',
      'čakčamánnu',
      'golggotmánnu',
      'skábmamánnu',
      'juovlamánnu',
    ],
    weekdays: [
      'vuossárga',
      'maŋŋebárga',
      'gaskavahkku',
      'duorasdat',
      'bearjadat',
      'lávvardat',
      'sotnabeaivi',
    ],
    day: (day, month) => `${month} ${day}. b.`,
    time: withDot,
  },
  en: {
    months: [
      'January',
      'February',
      'March',
      'April',
      'May',
      'June',
      'July',
      'August',
      'September',
      'October',
      'November',
      'December',
    ],
    weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    day: (day, month) => `${day} ${month}`,
    time: (time) => time,
  },
  ar: {
    months: [
      'يناير',
      'فبراير',
      'مارس',
      'أبريل',
      'مايو',
      'يونيو',
      'يوليو',
      'أغسطس',
      'سبتمبر',
      'أكتوبر',
      'نوفمبر',
      'ديسمبر',
    ],
    weekdays: ['الاثنين', 'الثلاثاء', 'الأربعاء', 'الخميس', 'الجمعة', 'السبت', 'الأحد'],
    day: (day, month) => `${day} ${month}`,
    time: (time) => time,
  },
};

const oslo = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Oslo',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** The day in Norway at an instant, as `2026-11-23`. */
export const dayAt = (instant: Date): string => oslo.format(instant).slice(0, 10);

/** The time of day in Norway at an instant, as `07:25`. */
export const timeAt = (instant: Date): string => oslo.format(instant).slice(11, 16);

/** So many days after a day. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** 1 for Monday to 7 for Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/** `23. november`, with the year where it is another than today's. */
export function writeDay(language: LanguageCode, day: string, today: string): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const calendar = calendars[language];
  const written = calendar.day(date, calendar.months[month - 1]!);
  return day.slice(0, 4) === today.slice(0, 4) ? written : `${written} ${year}`;
}

/** `november 2026`. */
export const writeMonth = (language: LanguageCode, day: string): string =>
  `${calendars[language].months[Number(day.slice(5, 7)) - 1]!} ${day.slice(0, 4)}`;

export const writeWeekday = (language: LanguageCode, day: string): string =>
  calendars[language].weekdays[weekdayOf(day) - 1]!;

/** A local time, `07:25` or `07:25:00`. */
export const writeTime = (language: LanguageCode, time: string): string =>
  calendars[language].time(time.slice(0, 5));

/** The instant at which it is a time of a day in Norway. */
export function instantOf(day: string, time: string): string {
  const [winter, summer] = ['+01:00', '+02:00'].map((zone) => new Date(`${day}T${time}:00${zone}`)) as [
    Date,
    Date,
  ];
  return (timeAt(summer) === time ? summer : winter).toISOString();
}
