import type { Municipality, UnitSource } from '../../domain/to-unit-record.ts';
import { isPage } from '@ranselpost/kit/outside/fault';
import { type Origin, faultOf, jsonOf, openOrigin } from '@ranselpost/kit/outside/http';

/** The open registers of schools (NSR), kindergartens (NBR) and units (Enhetsregisteret). They want no token. */
export interface UnitRegisters {
  readonly municipality: Municipality;
  /** How often they want to be looked through. */
  readonly pollMs: number;
  /** A page of the units in the municipality, from 1. Answers the body, whatever is in it. */
  list(source: UnitSource, page: number): Promise<unknown>;
  /** One unit; undefined when the register does not have it. */
  detail(source: UnitSource, organisationNumber: string): Promise<unknown>;
  /** The same unit in the register of units, with its owner. */
  subUnit(organisationNumber: string): Promise<unknown>;
  /** A whole organisation, or a department of one. */
  organisation(organisationNumber: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface UnitRegistersOptions {
  /** Up to and including the version: `…/v4`. */
  readonly nsrBase: string;
  readonly nbrBase: string;
  /** Up to and including `/enhetsregisteret/api`. */
  readonly brregBase: string;
  readonly municipality: Municipality;
  readonly pollMs: number;
}

const pageSize = 1_000;
const deadlineMs = 30_000;

export function openUnitRegisters(options: UnitRegistersOptions): UnitRegisters {
  const open = (register: string, base: string): Origin =>
    openOrigin({ register, base, retryAfterUnitMs: 1_000, connections: 2 });
  const origins = { nsr: open('nsr', options.nsrBase), nbr: open('nbr', options.nbrBase) };
  const brreg = open('brreg', options.brregBase);
  const ask = async (origin: Origin, register: string, operation: string, path: string): Promise<unknown> => {
    const answer = await origin.ask({
      operation,
      method: 'GET',
      path,
      headers: async () => ({}),
      deadlineMs,
    });
    if (answer.status === 404 && !isPage(answer.text)) return undefined;
    if (answer.status === 410) return undefined;
    if (answer.status !== 200) throw faultOf(answer, register, operation);
    return jsonOf(answer, register, operation);
  };
  const query = (page: number): string => `sidenummer=${page}&antallperside=${pageSize}`;
  return {
    municipality: options.municipality,
    pollMs: options.pollMs,
    list: (source, page) =>
      ask(origins[source], source, 'units', `/enheter/kommune/${options.municipality.number}?${query(page)}`),
    detail: (source, number) => ask(origins[source], source, 'unit', `/enhet/${number}`),
    subUnit: (number) => ask(brreg, 'brreg', 'sub-unit', `/underenheter/${number}`),
    organisation: (number) => ask(brreg, 'brreg', 'organisation', `/enheter/${number}`),
    close: async () => void (await Promise.all([origins.nsr.close(), origins.nbr.close(), brreg.close()])),
  };
}
