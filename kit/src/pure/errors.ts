/**
 * The failures a caller can meet. What an actor may not see is `NOT_FOUND`, never `FORBIDDEN`: the two must not be
 * told apart (GUA-20, ADR-18, S-06). `FORBIDDEN` is for what every actor of that kind is refused, whatever the object.
 */
export const errorCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'STEP_UP_REQUIRED',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'RATE_LIMITED',
  'FEATURE_CLOSED',
  'CONFLICT',
  'UNAVAILABLE',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** What callers read, per code. One fixed sentence each, so that no message can carry a person or an inner address. */
export const publicMessages: Readonly<Record<ErrorCode, string>> = {
  UNAUTHENTICATED: 'Sign in and try again.',
  FORBIDDEN: 'This is not open to you.',
  STEP_UP_REQUIRED: 'Sign in at a higher level of assurance and try again.',
  NOT_FOUND: 'Not found.',
  BAD_USER_INPUT: 'The request could not be understood. Check it against the schema.',
  RATE_LIMITED: 'Too many requests. Wait a little and try again.',
  FEATURE_CLOSED: 'This is not open at the unit yet.',
  CONFLICT: 'Somebody changed this at the same time. Read it again and retry.',
  UNAVAILABLE: 'This could not be read just now. Try again shortly.',
  INTERNAL: 'Something went wrong on our side.',
};

/**
 * A failure with a code. `message` is for our own logs: ids and fixed words only, never a person, a number or free text.
 * The caller is shown `publicMessages[code]`.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string = publicMessages[code], options?: ErrorOptions) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
  }
}
