import { randomUUID } from 'node:crypto';

/** The codes that Maskinporten writes into its descriptions. */
export type RefusalCode = keyof typeof refusals;

const refusals = {
  'MP-011': { status: 400, error: 'invalid_request', text: 'Malformed parameter' },
  'MP-012': { status: 400, error: 'invalid_grant', text: 'The grant has been used before' },
  'MP-100': { status: 400, error: 'invalid_grant', text: 'Unknown client' },
  'MP-110': { status: 400, error: 'invalid_grant', text: 'Invalid audience' },
  'MP-120': { status: 400, error: 'invalid_grant', text: 'The certificate is not valid' },
  'MP-121': { status: 400, error: 'invalid_grant', text: 'The key has expired' },
  'MP-123': { status: 400, error: 'invalid_grant', text: 'x5c has to be a JSON array' },
  'MP-124': { status: 400, error: 'invalid_grant', text: 'The signature is not valid' },
  'MP-130': { status: 400, error: 'invalid_grant', text: 'The JWT has expired, or the clocks differ' },
  'MP-200': { status: 400, error: 'invalid_scope', text: 'The scope is not registered on the client' },
  'MP-250': { status: 403, error: 'forbidden', text: 'Consumer has not been granted access to the scope' },
  'MP-251': { status: 403, error: 'forbidden', text: 'Consumer has not delegated the scope to the supplier' },
  'MP-301': {
    status: 400,
    error: 'invalid_request',
    text: 'The type of authorization_details is not supported',
  },
} as const;

export class Refused extends Error {
  readonly code: RefusalCode;
  constructor(code: RefusalCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

export function toAnswer({ code, message }: Refused): { status: number; body: Record<string, string> } {
  const { status, error, text } = refusals[code];
  const description = `${code}: ${text}${message === '' ? '' : ` ${message}`}. (correlation id: ${randomUUID()})`;
  return { status, body: { error, error_description: description } };
}
