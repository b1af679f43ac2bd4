import { about, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import { isId } from '@ranselpost/kit/pure/ids';
import {
  type Draft,
  type Findings,
  type RequestState,
  answerExpiresOn,
  complaintDeadline,
  toldState,
} from '../domain/information-request.ts';
import { groundOfHandling, isAsker, tablesOf } from '../domain/information-policy.ts';
import { lawProfile } from '../domain/law-profile.ts';
import type { UnitKind } from '../domain/staff-roles.ts';
import * as entries from '../store/information-entries.ts';
import * as facts from '../store/information-facts.ts';
import * as requests from '../store/information-requests.ts';
import type { Deps } from './deps.ts';
import { handlerOf, holdsResponsibility, readsOfRequest } from './handled-information-request.ts';
import { type Texts, readTexts } from './information-texts.ts';
import { type NamedChild, fromChildText } from './named-child.ts';

/** A request as its asker sees it, and for staff who handle it what they need. */
export interface RequestView {
  readonly id: string;
  readonly scope: UnitKind;
  readonly status: ReturnType<typeof toldState>;
  readonly receivedAt: Date;
  /** Null when the archive has it and it is gone from here. */
  readonly question: string | null;
  readonly decidedAt: Date | null;
  readonly isOpened: boolean;
  /** The day from which an answer cannot be opened any more. */
  readonly answerGoneFrom: LocalDate | null;
  readonly complaintUntil: LocalDate | null;
  readonly complainedAt: Date | null;
  readonly handling: HandlingView | null;
}

/** A child whom a request may mean, and whether the asker holds responsibility for it. */
export type CandidateView = facts.Candidate & { readonly isAskerHolder: boolean };

export interface HandlingView {
  readonly state: RequestState;
  readonly isProtected: boolean;
  readonly isArchived: boolean | null;
  readonly askerName: string | null;
  readonly registeredName: facts.RequestFacts['askerName'];
  readonly candidates: readonly CandidateView[];
  readonly namedChild: NamedChild | null;
  readonly findings: Findings | null;
  readonly draft: Draft | null;
  readonly texts: Texts;
}

export interface PageWanted {
  readonly after: requests.RequestPlace | null;
  readonly first: number;
}

/** Those of the requests that are the actor's own, or theirs to handle. The rest is as if it did not exist (S-06). */
export async function readInformationRequests(
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RequestView>> {
  if (!isPerson(actor)) return new Map();
  return deps.db.asActor(actor, async (tx) => {
    const found = await requests.byIds(tx, ids.filter(isId));
    const { views, reads } = await view(deps, tx, actor, found);
    return about(reads, new Map(views.map((shown) => [shown.id, shown])));
  });
}

/** The asker's own requests, newest first; one more than wanted when there are more. Staff have none (GUA-24). */
export async function readOwnInformationRequests(
  deps: Deps,
  actor: Actor,
  wanted: PageWanted,
): Promise<readonly RequestView[]> {
  if (actor.kind !== 'guardian') return [];
  return deps.db.asActor(actor, async (tx) => {
    const found = await requests.ofAsker(tx, actor.personId, wanted);
    return aboutNobody((await view(deps, tx, actor, found)).views);
  });
}

/** What lies on the tables of a member of staff, oldest first; null for whoever has no such table. */
export async function readInformationQueue(
  deps: Deps,
  actor: Actor,
  wanted: PageWanted & { readonly states: readonly RequestState[]; readonly hasComplaint: boolean },
): Promise<readonly RequestView[] | null> {
  if (actor.kind !== 'staff') return null;
  return deps.db.asActor(actor, async (tx) => {
    const tables = tablesOf(actor, await handlerOf(deps, tx, actor, []));
    const hasTable = tables.routes.length > 0 || tables.unitIds.length > 0;
    const found = hasTable ? await requests.onTables(tx, actor.personId, tables, wanted) : [];
    const { views, reads } = await view(deps, tx, actor, found);
    return about(reads, hasTable ? views : null);
  });
}

async function view(deps: Deps, tx: Tx, actor: Actor, found: readonly requests.StoredRequest[]) {
  const ids = found.map(({ requestId }) => requestId);
  const handler = actor.kind === 'staff' ? await handlerOf(deps, tx, actor, ids) : undefined;
  const registers =
    actor.kind === 'staff' ? await facts.ofRequests(tx, ids) : new Map<string, facts.RequestFacts>();
  const archived = actor.kind === 'staff' ? await entries.archiveStates(tx, ids) : new Map<string, boolean>();
  const textsOf = await readTexts(tx, deps.numbers.keys, ids);
  const shown = found.flatMap((request) => {
    const texts = textsOf(request.requestId);
    if (isAsker(actor, request)) return [{ view: toView(request, texts, null), reads: [] }];
    const ground = handler === undefined ? undefined : groundOfHandling(actor, handler, request);
    const register = registers.get(request.requestId);
    if (ground === undefined || register === undefined) return [];
    const handling = toHandling(request, texts, register, archived.get(request.requestId) ?? null);
    return [{ view: toView(request, texts, handling), reads: readsOfRequest(register, ground) }];
  });
  return { views: shown.map((one) => one.view), reads: shown.flatMap(({ reads }) => reads) };
}

function toView(
  request: requests.StoredRequest,
  { QUESTION: question }: Texts,
  handling: HandlingView | null,
): RequestView {
  const { requestId, scope, state, receivedAt, closedAt, openedAt, complainedAt } = request;
  const law = closedAt === null ? null : lawProfile(localDateAt(closedAt));
  return {
    id: requestId,
    scope,
    status: toldState(state),
    receivedAt,
    question: question ?? null,
    decidedAt: closedAt,
    isOpened: openedAt !== null,
    answerGoneFrom: state === 'ANSWERED' && closedAt !== null ? answerExpiresOn(closedAt) : null,
    complaintUntil: state === 'REFUSED' && law !== null ? complaintDeadline(openedAt, law) : null,
    complainedAt,
    handling,
  };
}

const toHandling = (
  { askerId, state, route, findings, draft }: requests.StoredRequest,
  texts: Texts,
  register: facts.RequestFacts,
  isArchived: boolean | null,
): HandlingView => ({
  state,
  isProtected: route === 'PROTECTION',
  isArchived,
  askerName: texts.ASKER ?? null,
  registeredName: register.askerName,
  candidates: register.candidates.map((candidate) => ({
    ...candidate,
    isAskerHolder: holdsResponsibility(candidate, askerId),
  })),
  namedChild: texts.CHILD === undefined ? null : fromChildText(texts.CHILD),
  findings,
  draft,
  texts,
});
