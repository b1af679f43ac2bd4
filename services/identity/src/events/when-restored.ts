import type { RelayOptions } from '@ranselpost/kit/relay';
import { open } from '@ranselpost/kit/seal';
import type { Envelope, EventContract } from '@ranselpost/schema/events/event';
import { enrolmentsChangedV1 } from '@ranselpost/schema/events/identity/enrolments-changed.v1';
import { featureChangedV1 } from '@ranselpost/schema/events/identity/feature-changed.v1';
import { guardiansChangedV1 } from '@ranselpost/schema/events/identity/guardians-changed.v1';
import { personErasedV1 } from '@ranselpost/schema/events/identity/person-erased.v1';
import { rolesChangedV1 } from '@ranselpost/schema/events/identity/roles-changed.v1';
import { safeguardKeptV1, safeguardSchema } from '@ranselpost/schema/events/identity/safeguard-kept.v1';
import type { Deps } from '../usecases/deps.ts';
import { type LastWords, revokeAgain, startOver } from '../usecases/start-over.ts';

/** What is done when the database turns out to be older than what was told from it (S-27). */
export const whenRestored =
  (deps: Deps): NonNullable<RelayOptions['onRestored']> =>
  async (forgotten) => {
    await revokeAgain(deps, forgotten === null ? null : await lastWords(deps, forgotten));
    return (tx) => startOver({ ...deps, db: tx });
  };

const contracts = {
  guardians: guardiansChangedV1,
  enrolments: enrolmentsChangedV1,
  roles: rolesChangedV1,
  features: featureChangedV1,
  safeguards: safeguardKeptV1,
  erased: personErasedV1,
} satisfies Readonly<Record<keyof LastWords, EventContract>>;
const kinds = ['guardians', 'enrolments', 'roles', 'features', 'safeguards', 'erased'] as const;

/** Of each fact the newest word. Null when one of them cannot be read: what it took away is not known then. */
async function lastWords(deps: Deps, forgotten: AsyncIterable<Envelope>): Promise<LastWords | null> {
  const found = {
    guardians: new Map<string, LastWords['guardians'][number]>(),
    enrolments: new Map<string, LastWords['enrolments'][number]>(),
    roles: new Map<string, LastWords['roles'][number]>(),
    features: new Map<string, LastWords['features'][number]>(),
    safeguards: new Map<string, { readonly safeguardId: string; readonly sealed: string }>(),
    erased: new Map<string, LastWords['erased'][number]>(),
  };
  for await (const { type, subject, data } of forgotten) {
    const kind = kinds.find((one) => type.startsWith(contracts[one].type.replace(/\d+$/, '')));
    if (kind === undefined) continue;
    const word = contracts[kind].data.safeParse(data);
    if (!word.success || type !== contracts[kind].type) return null;
    // The contract of this kind has read it for the map of this kind; over a union of kinds the compiler cannot follow.
    found[kind].set(subject, word.data as never);
  }
  const safeguards = await opened(deps, [...found.safeguards.values()]);
  if (safeguards === null) return null;
  return {
    safeguards,
    guardians: [...found.guardians.values()],
    enrolments: [...found.enrolments.values()],
    roles: [...found.roles.values()],
    features: [...found.features.values()],
    erased: [...found.erased.values()],
  };
}

/** Null when one of them lies under a key that is gone: nobody can say what it took away. */
async function opened(
  { numbers: { keys } }: Deps,
  sealed: readonly { readonly safeguardId: string; readonly sealed: string }[],
): Promise<LastWords['safeguards'] | null> {
  try {
    return await Promise.all(
      sealed.map(async ({ safeguardId, sealed: content }) => ({
        safeguardId,
        safeguard: await open(keys, safeguardId, content, safeguardSchema),
      })),
    );
  } catch {
    return null;
  }
}
