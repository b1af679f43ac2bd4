import type { Actor, GuardianActor, StaffActor } from '@ranselpost/kit/pure/actor';
import { isWithin } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type AccessFacts, rolesToday } from '@ranselpost/kit/pure/grounds';
import type { InformationRequest, Route } from './information-request.ts';
import type { DeciderFacts } from './policy.ts';

/** What is known of whoever handles requests as staff, and of the requests. */
export interface HandlerFacts {
  readonly access: Pick<AccessFacts, 'today' | 'roles'>;
  readonly municipal: DeciderFacts['municipal'];
  /** Requests of the handler's own, and those that may be about a child who is anything to them. */
  readonly involvedIn: readonly string[];
}

type Requested = Pick<InformationRequest, 'requestId' | 'askerId' | 'route'> & {
  readonly unitId: string | null;
};

/** Any adult who is signed in may ask, with or without a child here; as themselves and not as staff (GUA-07, GUA-24). */
export function mayAsk(actor: Actor): asserts actor is GuardianActor {
  if (actor.kind !== 'guardian') throw new AppError('FORBIDDEN');
}

/** Questions are the asker's own: to everybody else who is no handler of them there is none (GUA-20). */
export const isAsker = (actor: Actor, { askerId }: Pick<Requested, 'askerId'>): boolean =>
  actor.kind === 'guardian' && actor.personId === askerId;

/** Requests are handled by staff alone. */
export function mayHandle(actor: Actor): asserts actor is StaffActor {
  if (actor.kind !== 'staff') throw new AppError('FORBIDDEN');
}

/** Where staff find requests today: on whole tables, and on the one table among what concerns the units that they lead. */
export interface Tables {
  readonly routes: readonly Route[];
  readonly unitIds: readonly string[];
}

/** Case workers have a table, and protection officers another, on which protected children lie (ADR-04). */
export function tablesOf(
  actor: Actor,
  { access, municipal }: Pick<HandlerFacts, 'access' | 'municipal'>,
): Tables {
  if (actor.kind !== 'staff') return { routes: [], unitIds: [] };
  const holds = (role: string): boolean =>
    municipal.some((held) => held.role === role && isWithin(access.today, held.from, held.to));
  return {
    routes: [
      ...(holds('CASE_WORKER') ? (['DESK'] as const) : []),
      ...(holds('PROTECTION_OFFICER') ? (['PROTECTION'] as const) : []),
    ],
    unitIds: rolesToday(actor, { ...access, guardianOf: [], enrolments: [], namedFor: [] })
      .filter(({ role, groupId }) => role === 'LEADER' && groupId === null)
      .map(({ unitId }) => unitId),
  };
}

/** By which role staff handle a request; undefined when there is none for them. Nobody handles their own (GUA-24). */
export function groundOfHandling(
  actor: Actor,
  facts: HandlerFacts,
  { requestId, askerId, route, unitId }: Requested,
): { readonly role: string; readonly unitId: string | null } | undefined {
  if (actor.kind !== 'staff' || actor.personId === askerId || facts.involvedIn.includes(requestId))
    return undefined;
  const { routes, unitIds } = tablesOf(actor, facts);
  if (routes.includes(route))
    return { role: route === 'PROTECTION' ? 'PROTECTION_OFFICER' : 'CASE_WORKER', unitId: null };
  return route === 'DESK' && unitId !== null && unitIds.includes(unitId)
    ? { role: 'LEADER', unitId }
    : undefined;
}
