import { newId } from '@ranselpost/kit/ids';
import { staff } from '@ranselpost/kit/testing/actors';
import { heldBy } from './harness.ts';
import { aNumber } from './numbers.ts';
import { type TestService, startService } from './service.ts';
import { type Name, type World, openWorld } from './world.ts';

export const listed = `query { registerQuarantines { nodes {
  id cause counted allowed children state heldGrants heldChildren decidedAt } } }`;
export const decision = (name: 'release' | 'refuse') =>
  `mutation ($input: DecideRegisterQuarantineInput!) { ${name}RegisterQuarantine(input: $input) {
    ... on Decided { proposal { id state kind } } ... on Refusal { code } } }`;

interface Family {
  readonly child: string;
  readonly number: string;
  readonly mother: string;
  readonly father: string;
}

export interface QuarantineStand {
  readonly world: World;
  readonly service: TestService;
  readonly families: readonly Family[];
  /** The register names these as holders, with this word. */
  says(at: number, word: string, ...holders: readonly string[]): Promise<void>;
  /** It names a father beside the mother, and says who he is. */
  nameFather(at: number): Promise<void>;
  standing(at: number, who: 'mother' | 'father'): Promise<string>;
  /** The newest quarantine, as an administrator sees it. */
  newest(): Promise<{ readonly id: string; readonly state: string } | undefined>;
  by(
    who: Name,
    name: 'release' | 'refuse',
    quarantineId: string,
  ): Promise<{ code?: string; proposal?: { id: string; state: string } }>;
  close(): Promise<void>;
}

/** Children whose mothers the register knows, in a municipality where it may change two in an hour. */
export async function openQuarantineStand(count: number): Promise<QuarantineStand> {
  const world = await openWorld();
  const service = await startService(world.deps);
  const families: Family[] = [];
  const says: QuarantineStand['says'] = (at, word, ...holders) =>
    world.register({
      ...{ number: families[at]!.number, birthDate: '2018-06-21' },
      responsibilities: heldBy(word, ...holders),
    });
  for (let at = 0; at < count; at += 1) {
    const [number, mother, father] = [aNumber(), aNumber(), aNumber()];
    const child = await world.child(number);
    families.push({ child, number, mother, father });
    await world.database.admin`
      insert into enrolment (enrolment_id, child_id, unit_id, group_ids, from_day)
      values (${newId()}, ${child}, ${world.unit['school']!}, '{}', '2020-08-01')`;
    await says(at, 'felles', mother);
    await world.register({ number: mother });
  }
  await world.told();
  world.setFuse(2);
  return {
    ...{ world, service, families, says },
    nameFather: async (at) => {
      const { mother, father } = families[at]!;
      await says(at, 'felles', mother, father);
      await world.register({ number: father });
    },
    standing: async (at, who) => {
      const person = await world.personOf(families[at]![who]);
      return (await world.grants(families[at]!.child))[person ?? ''] ?? 'none';
    },
    newest: async () =>
      (await service.ask(staff(world.id.administrator), listed)).data.registerQuarantines.nodes[0],
    by: async (who, name, quarantineId) => {
      const input = { quarantineId, reason: 'Looked at with the register', idempotencyKey: newId() };
      const { data } = await service.ask(staff(world.id[who]), decision(name), { input });
      return data[`${name}RegisterQuarantine`];
    },
    close: async () => {
      await service.close();
      await world.close();
    },
  };
}
