import { type ChildRead, about } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { type Actor, type PersonActor, isPerson } from '@ranselpost/kit/pure/actor';
import type { AccessFacts } from '@ranselpost/kit/pure/grounds';
import { isId } from '@ranselpost/kit/pure/ids';
import {
  type Standing,
  mayKnowName,
  mayKnowOfCharge,
  mayKnowOfReading,
  mayKnowRecord,
  standingTowards,
} from '../domain/explain-policy.ts';
import { mayKnowGuardian } from '../domain/policy.ts';
import { loadAccessFacts } from '../store/access-facts.ts';
import * as explanations from '../store/explanations.ts';
import { type Deps, today } from './deps.ts';
import { capacitiesOfAll } from './meet-case.ts';

export type { GuardianAccessView, ReadingView, ReadingsWanted } from '../store/explanations.ts';

export type StaffAccessView = Omit<explanations.StaffAccessView, 'childId'>;

export interface ExplanationView {
  readonly childId: string;
  readonly guardians: readonly explanations.GuardianAccessView[];
  readonly staff: readonly StaffAccessView[];
}

/** Who can see some children, by id of the child; a child is left out whose access is not the actor's to know of. */
export async function explainAccess(
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ExplanationView>> {
  if (!isPerson(actor)) return new Map();
  return deps.db.asActor(actor, async (tx) => {
    const { facts, standings } = await standingsOf(deps, tx, actor, ids);
    const guardians = await explanations.guardiansOf(tx, [...standings.keys()], facts.today);
    const staff = await explanations.staffOver(tx, [...standings.keys()]);
    const explained = [...standings].map(([childId, standing]): [string, ExplanationView] => [
      childId,
      {
        childId,
        guardians: guardians
          .filter((access) => access.childId === childId && mayKnowOf(standing, actor, facts, access))
          .map((access) => withRecord(standing, actor, access)),
        staff: staff
          .filter((access) => access.childId === childId && mayKnowOfCharge(standing, actor, access.staff))
          .map(withName),
      },
    ]);
    return about(audited(standings), new Map(explained));
  });
}

/** What staff have read of some children, a page of each; null for a child whose log is not the actor's to read. */
export async function readAccessLogs(
  deps: Deps,
  actor: Actor,
  wanted: readonly explanations.ReadingsWanted[],
): Promise<readonly (readonly explanations.ReadingView[] | null)[]> {
  if (!isPerson(actor)) return wanted.map(() => null);
  return deps.db.asActor(actor, async (tx) => {
    const childIds = [...new Set(wanted.map(({ childId }) => childId))];
    const { standings } = await standingsOf(deps, tx, actor, childIds);
    const open = wanted.filter(({ childId }) => standings.has(childId));
    const pages = await explanations.readings(tx, open);
    const shown = wanted.map((one) => {
      const standing = standings.get(one.childId);
      return standing === undefined
        ? null
        : pages[open.indexOf(one)]!.filter(({ staff }) => mayKnowOfReading(standing, actor, staff)).map(
            withName,
          );
    });
    return about(audited(standings), shown);
  });
}

async function standingsOf(
  deps: Deps,
  tx: Tx,
  actor: PersonActor,
  ids: readonly string[],
): Promise<{ readonly facts: AccessFacts; readonly standings: ReadonlyMap<string, Standing> }> {
  const asked = ids.filter(isId);
  const facts = await loadAccessFacts(tx, actor, today(deps), { childIds: asked });
  const audit =
    actor.kind === 'staff'
      ? {
          capacities: await capacitiesOfAll(deps, tx, actor),
          children: await explanations.auditable(tx, asked),
        }
      : { capacities: [], children: [] };
  const standings = asked.flatMap((childId): [string, Standing][] => {
    const standing = standingTowards(actor, facts, audit, childId);
    return standing === null ? [] : [[childId, standing]];
  });
  return { facts, standings: new Map(standings) };
}

/** What an auditor looks at is read by staff, too. */
const audited = (standings: ReadonlyMap<string, Standing>): readonly ChildRead[] =>
  [...standings].flatMap(([childId, standing]): ChildRead[] =>
    standing === 'auditor'
      ? [{ childId, kind: 'ACCESS', unitId: null, role: 'PRIVACY_OFFICER', rule: 'GUA-25' }]
      : [],
  );

const mayKnowOf = (
  standing: Standing,
  actor: Actor,
  facts: AccessFacts,
  { childId, guardian }: explanations.GuardianAccessView,
): boolean =>
  standing === 'auditor' ||
  mayKnowGuardian(actor, facts, childId, { ...guardian, personId: guardian.id }).isPermitted;

/** Without the name of somebody whose name may not be shown. */
export const withName = <Shown extends { readonly staff: explanations.StaffAccessView['staff'] }>(
  shown: Shown,
): Shown => (mayKnowName(shown.staff) ? shown : { ...shown, staff: { ...shown.staff, name: null } });

/** Without the record by which somebody has access, where that is not to be told. */
export const withRecord = (
  standing: Standing | 'leader',
  actor: Actor,
  access: explanations.GuardianAccessView,
): explanations.GuardianAccessView =>
  mayKnowRecord(standing, actor, access.guardian.id) ? access : { ...access, record: null };
