import type { Visitor } from '@ranselpost/infra/visitor/visitor';
import { newId } from '@ranselpost/kit/ids';
import { aPhoto, pictureOf, plantedInPhotos } from '@ranselpost/kit/testing/pictures';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown } from './town.ts';

const town = openTown();
afterAll(() => town.close());

let mother: Visitor;
let father: Visitor;
let teacher: Visitor;
beforeAll(async () => {
  [mother, father, teacher] = await Promise.all([
    town.visit('guardian', 'F1.mother'),
    town.visit('guardian', 'F1.father'),
    town.visit('staff', 'staff.contactTeacher'),
  ]);
});

const attachmentOf = async (visitor: Visitor, id: string) => {
  const { data, codes } = await visitor.ask<{
    attachment: { name: string; state: string; downloadUrl: string; thumbnailUrl: string } | null;
  }>('query ($id: ID!) { attachment(id: $id) { name state downloadUrl thumbnailUrl } }', { id });
  return data?.attachment ?? codes[0];
};

test('a picture goes to the teacher without where it was taken, by a link that opens for her alone (M07, MSG-11, S-09)', async () => {
  const original = await aPhoto(1_500, 1_000);
  expect(original.includes('Planted-Camera')).toBe(true);
  const { id, state } = await mother.sendFile('Bålet på «Turen».JPG', original);
  expect(state).toBe('READY');
  expect(await attachmentOf(teacher, id)).toBe('NOT_FOUND');

  type Result =
    | { sent: { id: string; attachments: { id: string }[] } }
    | { code: string; findings: { part: string; attachmentIndex: number | null; topic: string }[] };
  const write = async (more: { isReread: boolean }) => {
    const input = {
      ...{ childIds: [await town.idOf('F1.older')], unitId: await unitOf(mother) },
      ...{ subject: 'Tur', text: 'Hei!', attachmentIds: [id], idempotencyKey: newId(), ...more },
    };
    const { data } = await mother.ask<{ result: Result }>(
      `mutation ($input: StartThreadInput!) { result: startThread(input: $input) {
        ... on MessageSent { sent { id attachments { id } } } ... on Refusal { code }
        ... on TextToReread { findings { part attachmentIndex topic } } } }`,
      { input },
    );
    return data?.result;
  };
  expect(await write({ isReread: false })).toEqual({
    ...{ code: 'TEXT_TO_REREAD', findings: [{ part: 'ATTACHMENT', attachmentIndex: 0, topic: 'IMAGE' }] },
  });
  expect(await write({ isReread: true })).toMatchObject({ sent: { attachments: [{ id }] } });
  expect(await attachmentOf(father, id)).toBe('NOT_FOUND');

  const shown = await attachmentOf(teacher, id);
  if (typeof shown !== 'object') throw new Error(`the teacher is told ${shown}`);
  expect(shown.name).toBe('Bålet på Turen.jpg');
  const answer = await teacher.fetchFile(shown.downloadUrl);
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
  const got = Buffer.from(await answer.arrayBuffer());
  expect(await pictureOf(got)).toEqual({ format: 'jpeg', width: 1_500, height: 1_000 });
  for (const trace of plantedInPhotos) expect(got.includes(trace)).toBe(false);
  expect((await teacher.fetchFile(shown.thumbnailUrl)).status).toBe(200);
  for (const visitor of [mother, father])
    expect((await visitor.fetchFile(shown.downloadUrl)).status).toBe(404);
});

/** The unit of her older child. */
async function unitOf(visitor: Visitor): Promise<string> {
  const older = await town.idOf('F1.older');
  const { data } = await visitor.ask<{
    viewer: { children: { id: string; enrolments: { unit: { id: string; kind: string } }[] }[] };
  }>('{ viewer { children { id enrolments { unit { id kind } } } } }');
  const { enrolments } = data!.viewer.children.find(({ id }) => id === older)!;
  return enrolments.find(({ unit }) => unit.kind === 'SCHOOL')!.unit.id;
}
