/** What is known of a fault, without anything that could say whom it is about. */
export interface FaultDetails {
  readonly register: string;
  readonly operation: string;
  readonly status?: number;
  /** A code from the body, where it has one that reads like a code. Nothing else of a body is ever kept. */
  readonly code?: string;
  readonly retryInMs?: number;
  readonly requestId?: string;
}

/**
 * A register gave no answer that we can use. `away`: nobody would have got one now, so wait and ask again. `refused`: it
 * may be because of what was asked about; asking about fewer shows whom.
 */
export class RegisterFault extends Error {
  readonly kind: 'away' | 'refused';
  readonly details: FaultDetails;
  constructor(kind: 'away' | 'refused', details: FaultDetails, options?: ErrorOptions) {
    super(`${details.register} gave no usable answer to ${details.operation}`, options);
    this.name = 'RegisterFault';
    this.kind = kind;
    this.details = details;
  }
}

/** Looks for a code in an error body of any form: JSON of four shapes, a page of a firewall, or nothing. */
export function codeOf(body: string): string {
  if (body.trim() === '') return 'empty';
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null) return 'json';
    const { kode, feilkode, errorCode, code, error } = value as Record<string, unknown>;
    const found = [kode, feilkode, errorCode, code, error].find(
      (one) => typeof one === 'string' && /^[A-Za-z][\w-]{1,39}$/.test(one),
    );
    return typeof found === 'string' ? found : 'json';
  } catch {
    return isPage(body) ? 'html' : 'text';
  }
}

/** Whether a body is a page, which no register answers: a firewall does. */
export const isPage = (body: string): boolean => /^\s*<(?:!doctype|html|\?xml)/i.test(body);
