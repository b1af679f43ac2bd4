import { BadWish, type Edit, type Register } from '../register.ts';
import { birth, merge, numberChange, split } from './identity.ts';
import { namelessEvent, personUpdated, unknownEvent } from './noise.ts';
import { changeName, death, deathAnnulled, emigration, protection, verge } from './person.ts';
import {
  annulResponsibility,
  contradictoryResponsibility,
  jointResponsibility,
  responsibleOrganisation,
  responsibleOther,
  responsibleUnknown,
  soleResponsibility,
} from './responsibility.ts';
import type { Wish } from './wish.ts';

const kinds: Readonly<Record<string, (edit: Edit, wish: Wish) => void>> = {
  'sole-responsibility': soleResponsibility,
  'joint-responsibility': jointResponsibility,
  'responsible-other': responsibleOther,
  'responsible-organisation': responsibleOrganisation,
  'responsible-unknown': responsibleUnknown,
  'contradictory-responsibility': contradictoryResponsibility,
  'annul-responsibility': annulResponsibility,
  death,
  'death-annulled': deathAnnulled,
  protection,
  name: changeName,
  verge,
  emigration,
  birth,
  'number-change': numberChange,
  merge,
  split,
  'person-updated': personUpdated,
  'unknown-event': unknownEvent,
  'nameless-event': namelessEvent,
};
export const lifeEventKinds: readonly string[] = [...Object.keys(kinds), 'flood'];

export interface LifeEventAnswer {
  readonly kind: string;
  readonly first: number;
  readonly last: number;
  /** Each number, unless there are more of them than anybody would read. */
  readonly sequenceNumbers?: readonly number[];
  readonly people?: readonly string[];
  /** When the events became readable, in milliseconds since 1970. */
  readonly at: number;
}

/** Makes one thing happen. Everything it changes becomes visible at once, and only after it is written down. */
export function live(register: Register, wish: Wish): LifeEventAnswer {
  const kind = String(wish['kind']);
  const now = Date.now();
  if (kind === 'flood') {
    const count = Number(wish['count'] ?? 100_000);
    if (!Number.isInteger(count) || count < 1 || count > 10_000_000)
      throw new BadWish('count must be from 1 to 10,000,000');
    const { first } = register.flood(
      count,
      String(wish['type'] ?? 'endringIBostedsadresseUtenFlytting'),
      now,
    );
    return { kind, first, last: first + count - 1, at: Date.now() };
  }
  const happen = kinds[kind];
  if (happen === undefined) throw new BadWish(`kind must be one of ${lifeEventKinds.join(', ')}`);
  const edit = register.begin(now);
  happen(edit, wish);
  // The register has changed and its feed does not say so: what nightly comparing is for.
  const events = edit.commit({ isSilent: wish['silent'] === true });
  const sequenceNumbers = events.map((event) => event.sequence);
  return {
    kind,
    first: sequenceNumbers[0] ?? register.feed.last,
    last: sequenceNumbers.at(-1) ?? register.feed.last,
    sequenceNumbers,
    people: events.map((event) => event.number),
    at: Date.now(),
  };
}
