import { type Actor, type GuardianActor, isPerson } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type ApplicationState, isLive } from './application.ts';
import type { ApplicationFacts } from './application-policy.ts';
import { type Claim, deskOf } from './claim.ts';
import { type SeenClaim, desksFor } from './claim-policy.ts';
import { isResponsibleFor } from './policy.ts';
import { type RoundState, isChangeable } from './round.ts';

/** What a guardian has sent in to show what is claimed; or to go with a claim, and has not said with which. */
export interface ClaimDocument {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly state: 'SCANNING' | 'READY' | 'REFUSED';
  /** Why it is not kept, for one that is refused. */
  readonly refusal: string | null;
  readonly claimId: string | null;
  /** When it was put with the claim. */
  readonly receivedAt: Date | null;
}

export type DocumentRefusal = {
  readonly kind:
    | 'ATTACHMENT_GONE'
    | 'ATTACHMENT_REFUSED'
    | 'ATTACHMENTS_TOO_MANY'
    | 'ATTACHMENTS_TOO_LARGE'
    | 'E_DECIDED'
    | 'E_ROUND_STATE'
    | 'E_STATE';
};

const documentsMax = 10;
const bytesMax = 60 * 1024 * 1024;
/** Documents that somebody may have sent in and put with nothing. They are gone after a day. */
const unusedMax = documentsMax;

/** Guardians send documents in who hold parental responsibility for anybody; what others have waiting is no business of theirs (BHG-04). */
export function maySendDocuments(
  actor: Actor,
  { couldApply, unused }: { readonly couldApply: boolean; readonly unused: number },
): asserts actor is GuardianActor {
  if (actor.kind !== 'guardian' || !couldApply)
    throw new AppError('FORBIDDEN', 'whoever applies for nobody sends no documents');
  if (unused >= unusedMax) throw new AppError('RATE_LIMITED', 'too many documents that go with nothing');
}

/**
 * A document of the guardian's own goes with one claim, as long as somebody may decide on that: late, too, for whether it came in time is for
 * whoever decides. One that nobody has looked at yet may go: it is given to nobody until then, and came when it came.
 */
export function decideDocument(
  document: ClaimDocument | undefined,
  known: Pick<Claim, 'verdict'> & {
    readonly state: ApplicationState;
    readonly roundState: RoundState;
    /** What the guardian has put with the claim before. */
    readonly others: readonly ClaimDocument[];
  },
): Result<ClaimDocument, DocumentRefusal> {
  if (document === undefined || document.claimId !== null) return refuse({ kind: 'ATTACHMENT_GONE' });
  if (document.state === 'REFUSED') return refuse({ kind: 'ATTACHMENT_REFUSED' });
  if (!isLive(known)) return refuse({ kind: 'E_STATE' });
  if (!isChangeable(known.roundState, 'verdicts')) return refuse({ kind: 'E_ROUND_STATE' });
  if (known.verdict !== 'undecided') return refuse({ kind: 'E_DECIDED' });
  const all = [...known.others.filter(({ state }) => state !== 'REFUSED'), document];
  if (all.length > documentsMax) return refuse({ kind: 'ATTACHMENTS_TOO_MANY' });
  if (all.reduce((sum, { bytes }) => sum + bytes, 0) > bytesMax)
    return refuse({ kind: 'ATTACHMENTS_TOO_LARGE' });
  return accept(document);
}

export type RemovalRefusal = { readonly kind: 'ATTACHMENT_GONE' | 'E_DECIDED' | 'E_ROUND_STATE' };

/**
 * Whoever sent a document takes it back as long as somebody may decide by it and nobody has, also when the application is not changed any more: it says
 * things of people, and a claim without it is decided on without it. Once it is decided, what it was decided by stays (ADM-06); nobody has decided by what was never
 * given to anybody.
 */
export function decideRemoval(
  document: ClaimDocument | undefined,
  { verdict, roundState }: Pick<Claim, 'verdict'> & { readonly roundState: RoundState },
): Result<ClaimDocument, RemovalRefusal> {
  if (document === undefined) return refuse({ kind: 'ATTACHMENT_GONE' });
  if (!isChangeable(roundState, 'verdicts')) return refuse({ kind: 'E_ROUND_STATE' });
  if (verdict !== 'undecided' && document.state === 'READY') return refuse({ kind: 'E_DECIDED' });
  return accept(document);
}

/**
 * Whoever sent it, as long as they are responsible for the child, and whoever decides on the claim, from when it is known to be harmless. Not the other
 * guardian: a document says things of whoever sent it, too, and nobody has taken those out (ADM-07, ADR-11, ADR-17).
 */
export function maySeeDocument(
  actor: Actor,
  facts: ApplicationFacts,
  claim: SeenClaim,
  { ownerId, state }: Pick<ClaimDocument, 'ownerId' | 'state'>,
): boolean {
  if (isResponsibleFor(actor, facts, claim.childId)) return isPerson(actor) && actor.personId === ownerId;
  return state === 'READY' && desksFor(actor, facts, claim).includes(deskOf(claim.flag));
}
