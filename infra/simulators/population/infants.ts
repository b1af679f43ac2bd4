import type { Person } from './model.ts';
import { addDays } from './oslo.ts';
import { dice } from './random.ts';
import type { Registrar } from './registrar.ts';

/** Of so many children with a place one has a brother or sister without: about a year's births. */
const each = 15;

/** Born since the last admission, whom nobody has given a place yet; each in a family that has a child with one. */
export function addInfants(
  registrar: Registrar,
  seed: number,
  children: readonly Person[],
): readonly Person[] {
  const families = new Map(
    children
      .filter(({ born }) => born < '2024-06-01')
      .flatMap((sibling) => {
        const holders = sibling.responsibilities.flatMap(({ ansvar, current, holder }) =>
          ansvar === 'felles' && current && holder !== null ? [holder] : [],
        );
        const [mother, other] = new Set(holders);
        const isWhole = mother?.sex === 'kvinne' && other !== undefined;
        return isWhole ? [[mother, { sibling, mother, other }] as const] : [];
      }),
  );
  const most = Math.floor(children.length / each);
  return [...families.values()].slice(0, most).map(({ sibling, mother, other }, place) => {
    const throws = dice(seed, 'infant', place);
    const infant = registrar.person('child', throws, {
      ...{ born: addDays('2025-12-01', throws.below(334)), sex: throws.chance(0.5) ? 'kvinne' : 'mann' },
      ...{ address: sibling.address, family: sibling.family, protection: sibling.protection },
    });
    registrar.parent(infant, mother, 'mor');
    registrar.parent(infant, other, other.sex === 'mann' ? 'far' : 'medmor');
    registrar.joint(infant, mother, other);
    return infant;
  });
}
