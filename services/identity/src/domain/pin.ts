import type { LocalDate } from '@ranselpost/kit/pure/dates';

export const isPin = (text: string): boolean => /^\d{6}$/.test(text);

/** What others would try first: few digits, a row of them, a half twice, and the owner's own birth date. */
export function isEasyToGuess(pin: string, birthDate: LocalDate | null): boolean {
  const digits = Array.from(pin, Number);
  const steps = new Set(digits.slice(1).map((digit, at) => (digit - digits[at]! + 10) % 10));
  return (
    new Set(digits).size <= 2 ||
    steps.size === 1 ||
    pin.slice(0, 3) === pin.slice(3) ||
    isBirthDate(pin, birthDate)
  );
}

function isBirthDate(pin: string, birthDate: LocalDate | null): boolean {
  if (birthDate === null) return false;
  const [year, month, day] = [birthDate.slice(0, 4), birthDate.slice(5, 7), birthDate.slice(8)];
  const short = year.slice(2);
  return [
    `${day}${month}${short}`,
    `${short}${month}${day}`,
    `${month}${day}${short}`,
    `${day}${month}${year}`.slice(2),
  ].includes(pin);
}

/** How often somebody's PIN may be wrong in a row at a tablet, and how long it is closed there then; each time after that, twice as long. */
export const mostTries = 5;
export const lockedMinutes = 15;
const mostLockedMinutes = 24 * 60;

/** What is known of a PIN when one is tried. */
export interface Tries {
  readonly failures: number;
  readonly lockedUntil: Date | null;
}

/** Whether it lets in, and what is known of it then. While it is closed it is not even looked at: a right one is as wrong. */
export function decideTry(known: Tries, isRight: boolean, now: Date): Tries & { readonly letsIn: boolean } {
  if (known.lockedUntil !== null && now < known.lockedUntil) return { ...known, letsIn: false };
  if (isRight) return { failures: 0, lockedUntil: null, letsIn: true };
  const failures = known.failures + 1;
  const minutes = Math.min(lockedMinutes * 2 ** (failures - mostTries), mostLockedMinutes);
  const lockedUntil = failures < mostTries ? null : new Date(now.getTime() + minutes * 60_000);
  return { failures, lockedUntil, letsIn: false };
}

/** How many may be wrong at one tablet within a day, whosever they are, before it is closed for the rest of it. */
export const mostTriesAtTablet = 50;
const dayMs = 86_400_000;

export interface TriesAtTablet {
  readonly failures: number;
  /** When the first of them was. */
  readonly since: Date | null;
  readonly closedUntil: Date | null;
}

/** What is known of a tablet after one more was wrong there. */
export function afterFailure({ failures, since, closedUntil }: TriesAtTablet, now: Date): TriesAtTablet {
  if (since === null || now.getTime() - since.getTime() >= dayMs)
    return { failures: 1, since: now, closedUntil: null };
  const closes = failures + 1 >= mostTriesAtTablet ? new Date(since.getTime() + dayMs) : null;
  return { failures: failures + 1, since, closedUntil: closedUntil ?? closes };
}

export const isClosed = ({ closedUntil }: Pick<TriesAtTablet, 'closedUntil'>, now: Date): boolean =>
  closedUntil !== null && now < closedUntil;
