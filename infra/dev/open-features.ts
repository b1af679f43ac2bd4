import { Visitor } from '../visitor/visitor.ts';

const set = `mutation Open($input: SetFeatureInput!) { setFeature(input: $input) { __typename } }`;
const units = `query Units($after: String) { features(feature: ABSENCE, first: 100, after: $after) {
  nodes { unit { id } } pageInfo { hasNextPage endCursor } } }`;
const write = `mutation Contact($input: SetUnitContactInput!) { setUnitContact(input: $input) { __typename } }`;

interface Units {
  readonly features: {
    readonly nodes: readonly { readonly unit: { readonly id: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  } | null;
}

/**
 * Does what an administrator of the invented municipality does before anybody may use anything: opens what there is, and
 * writes down how to reach every unit. New features ship closed (D08), also here.
 */
export async function openFeatures(gateway: string): Promise<void> {
  const administrator = await Visitor.signedIn(gateway, 'staff', 'staff.administrator');
  const must = async <Data>(query: string, variables: object): Promise<Data> => {
    const { data, codes, status } = await administrator.ask<Data>(query, variables);
    if (codes.length > 0 || !data) throw new Error(`the administrator got ${codes.join(', ') || status}`);
    return data;
  };
  for (const feature of ['ABSENCE', 'MESSAGING', 'NEWS', 'NOTICES', 'PLACEMENT']) {
    const { setFeature } = await must<{ setFeature: { __typename: string } }>(set, {
      input: {
        ...{ feature, place: { everywhere: true }, state: 'OPEN', insistsOnDay: true },
        ...{ reason: 'An invented municipality opens on any day.', idempotencyKey: `seed ${feature}` },
      },
    });
    if (setFeature.__typename !== 'FeatureDirected') throw new Error(`${feature}: ${setFeature.__typename}`);
  }
  const page = async (after: string | null): Promise<void> => {
    const { features } = await must<Units>(units, { after });
    for (const { unit } of features?.nodes ?? []) await must(write, { input: cardOf(unit.id) });
    const { hasNextPage, endCursor } = features?.pageInfo ?? { hasNextPage: false, endCursor: null };
    if (hasNextPage) await page(endCursor);
  };
  await page(null);
}

/** An invented way to reach a unit, the same whenever it is made. */
function cardOf(unitId: string) {
  const number = String(Number.parseInt(unitId.slice(-6), 16) % 10_000).padStart(4, '0');
  return {
    ...{
      unitId,
      phone: `22 00 ${number.slice(0, 2)} ${number.slice(2)}`,
      email: `enhet${number}@tingvika.example`,
    },
    openingHours: 'man.–fre. kl. 08.00–15.30',
  };
}
