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

/** How often a PIN may be wrong in a row, and how long it is closed then; each time that it is wrong after that, anew. */
export const mostTries = 5;
export const lockedMinutes = 15;

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
  const lockedUntil = failures < mostTries ? null : new Date(now.getTime() + lockedMinutes * 60_000);
  return { failures, lockedUntil, letsIn: false };
}
