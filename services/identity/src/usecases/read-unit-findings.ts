import { aboutNobody } from '@ranselpost/kit/answer';
import type { Database } from '@ranselpost/kit/database';
import { metrics } from '@ranselpost/kit/metrics';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { Gauge } from 'prom-client';
import { mayOverseeFeatures } from '../domain/feature-policy.ts';
import { type FindingKind, type UnitFinding, findDifferences } from '../domain/unit-findings.ts';
import * as unitRegister from '../store/unit-register.ts';
import type { Deps } from './deps.ts';
import { directorFacts } from './meet-director.ts';

export type { FindingKind } from '../domain/unit-findings.ts';
export type { RegisterView } from '../store/unit-register.ts';

export type FindingView = UnitFinding<unitRegister.RegisterView>;

/** Where the open registers and the rosters differ, in the order of its keys: one more than wanted, when there are more. */
export const readUnitFindings = (
  deps: Deps,
  actor: Actor,
  {
    kind,
    after,
    first,
  }: { readonly kind: FindingKind | null; readonly after: string | null; readonly first: number },
): Promise<readonly FindingView[]> =>
  deps.db.asActor(actor, async (tx) => {
    mayOverseeFeatures(actor, await directorFacts(deps, tx, actor));
    const found = findDifferences(await unitRegister.known(tx), await unitRegister.recorded(tx));
    const wanted = found.filter(
      (finding) => (kind === null || finding.kind === kind) && (after === null || finding.key > after),
    );
    return aboutNobody(wanted.slice(0, first + 1));
  });

/** How many there are of each kind, worked out when somebody asks: every replica answers the same. */
export function exposeUnitFindings(db: Database): void {
  new Gauge({
    name: 'identity_unit_findings',
    help: 'Units of which the open registers say something else than the rosters, or that only one of them knows',
    labelNames: ['kind'],
    registers: [metrics],
    async collect() {
      try {
        const found = await db.asService(async (tx) =>
          findDifferences(await unitRegister.known(tx), await unitRegister.recorded(tx)),
        );
        this.reset();
        for (const { kind } of found) this.inc({ kind });
      } catch {
        // The database is away, which readiness says: the last value stands.
      }
    },
  });
}
