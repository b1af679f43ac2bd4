import { newId } from '@ranselpost/kit/ids';
import { open } from '@ranselpost/kit/seal';
import { eventually } from '@ranselpost/kit/testing/eventually';
import type { DataOf } from '@ranselpost/schema/events/event';
import { addressReadV1 } from '@ranselpost/schema/events/registry/address-read.v1';
import { postalAddressSchema } from '@ranselpost/schema/events/registry/postal-address';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stand, type Worker, keys, startStand } from '../../test/stand.ts';
import { answerOne, orderAddress } from './answer-addresses.ts';

let stand: Stand;
let worker: Worker;
beforeAll(async () => (stand = await startStand()));
afterAll(() => stand.close());

const wanted = async (name: string | null): Promise<string> => {
  const letterId = newId();
  const number = name === null ? null : stand.registers.number(name);
  const personId = number === null ? newId() : await stand.follow(number, 'guardian');
  await eventually(async () => {
    const known = await stand.database.admin`select 1 from followed_person where person_id = ${personId}`;
    expect(known).toHaveLength(number === null ? 0 : 1);
  });
  await stand.deps.db.asService((tx) => orderAddress(tx, { letterId, personId }));
  return letterId;
};
const told = async (letterId: string) => {
  const [row] = await stand.database.admin<{ data: DataOf<typeof addressReadV1> }[]>`
    select data from outbox where type = ${addressReadV1.type} and subject = ${letterId}`;
  return row === undefined ? null : open(keys.contacts, letterId, row.data.sealed, postalAddressSchema);
};
const untilTold = (letterId: string) =>
  eventually(async () => {
    const said = await told(letterId);
    expect(said).not.toBeNull();
    return said;
  }, 20_000);

test('where a letter goes is read when it is to go, told sealed and without a number, and kept nowhere (S-10, ADR-08)', async () => {
  worker = await stand.startWorker();
  const [open12, hidden, nobody] = [
    await wanted('F12.mother'),
    await wanted('F6.mother'),
    await wanted(null),
  ];
  while (await answerOne(stand.deps));
  const address = await untilTold(open12);
  expect(address).toMatchObject({ kind: 'OPEN', lines: [expect.any(String)], town: 'TINGVIKA' });
  expect(await untilTold(hidden)).toEqual({ kind: 'PROTECTED' });
  expect(await untilTold(nobody)).toEqual({ kind: 'NONE' });
  expect(await stand.database.admin`select 1 from address_order`).toEqual([]);
  const dump = JSON.stringify(
    await stand.database.admin`select data from outbox where type = ${addressReadV1.type}`,
  );
  expect(dump).not.toContain(stand.registers.number('F12.mother'));
});

test('a register that is away has the letter wait, and nobody learn anything', async () => {
  await worker.kill();
  await stand.registers.freg.fail({ kind: 'error', endpoint: 'person', status: 503, times: null });
  const letterId = await stand.deps.db.asService(async (tx) => {
    const id = newId();
    const [row] = (await stand.database.admin`select person_id from followed_person limit 1`) as {
      person_id: string;
    }[];
    await orderAddress(tx, { letterId: id, personId: row!.person_id });
    return id;
  });
  await answerOne(stand.deps);
  expect(await told(letterId)).toBeNull();
  await stand.registers.freg.heal();
  await stand.database.admin`update address_order set due_at = now()`;
  await answerOne(stand.deps);
  expect(await told(letterId)).not.toBeNull();
});
