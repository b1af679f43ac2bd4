import {
  preparsePolicySet,
  statefulIsAuthorized,
  type CedarValueJson,
} from '@cedar-policy/cedar-wasm/nodejs';

/** A thing that a policy in Cedar speaks of. An attribute that is null is left out: Cedar has no null. */
export interface CedarThing {
  readonly type: string;
  readonly attributes: Readonly<Record<string, CedarValueJson | null>>;
}

export type CedarOracle = (
  principal: CedarThing,
  action: string,
  resource: CedarThing,
  context: Readonly<Record<string, CedarValueJson>>,
) => boolean;

let policies = 0;

/** A policy that was written a second time, in another language and by another engine: what our own has to agree with. */
export function cedarOracle(text: string): CedarOracle {
  policies += 1;
  const preparsedPolicySetId = `policy-${policies}`;
  const parsed = preparsePolicySet(preparsedPolicySetId, { staticPolicies: text });
  if (parsed.type === 'failure') throw new Error(parsed.errors.map(({ message }) => message).join('\n'));
  return (principal, action, resource, context) => {
    const [who, what] = [
      { type: principal.type, id: 'principal' },
      { type: resource.type, id: 'resource' },
    ];
    const answer = statefulIsAuthorized({
      principal: who,
      action: { type: 'Action', id: action },
      resource: what,
      context,
      preparsedPolicySetId,
      validateRequest: false,
      entities: [
        { uid: who, attrs: present(principal), parents: [] },
        { uid: what, attrs: present(resource), parents: [] },
      ],
    });
    if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('\n'));
    const { decision, diagnostics } = answer.response;
    if (diagnostics.errors.length > 0) throw new Error(diagnostics.errors[0]!.error.message);
    return decision === 'allow';
  };
}

const present = ({ attributes }: CedarThing): Record<string, CedarValueJson> =>
  Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, CedarValueJson] => entry[1] !== null),
  );
