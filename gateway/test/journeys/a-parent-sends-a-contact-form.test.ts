import { newId } from '@ranselpost/kit/ids';
import { afterAll, expect, test } from 'vitest';
import { soon } from './rights.ts';
import { openTown } from './town.ts';

const town = openTown();
afterAll(() => town.close());

interface Archived {
  readonly caseNumber: string | null;
  readonly title: string;
  readonly direction: string;
  readonly screening: { readonly ground: string } | null;
  readonly contents: Readonly<Record<string, string>>;
}

const send = `mutation ($input: SendContactFormInput!) { result: sendContactForm(input: $input) {
  __typename ... on ContactFormReceived { form { id status } } ... on Refusal { code } } }`;
const forms = '{ contactForms { nodes { id status filedAt caseNumber unit { id } } } }';
interface Forms {
  readonly contactForms: {
    readonly nodes: readonly { readonly id: string; readonly status: string; readonly caseNumber: string }[];
  };
}

test('a father without responsibility writes to the school, and the archive alone has what he wrote (F2, MSG-13, ARK-01, RET-02)', async () => {
  const [row] = await town.look('identity')<{ unit_id: string }[]>`
    select unit_id from enrolment where child_id = ${await town.idOf('F2.child')} limit 1`;
  const unitId = row!.unit_id;
  const text = 'Jeg vil gjerne snakke med dere om noe jeg er bekymret for.';
  const input = { unitId, text, subject: 'Bekymring', idempotencyKey: newId() };

  const below = await town.visit('guardian', 'F2.father');
  expect((await below.ask(send, { input })).codes).toEqual(['STEP_UP_REQUIRED']);
  const father = await town.visit('guardian', 'F2.father', 'high');
  // He sends a letter in first, though he could write to nobody (MSG-13).
  const letter = Buffer.from(
    '%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF\n',
  );
  const { id: fileId } = await father.sendFile('Attest fra lege.pdf', letter);

  // By id he names nobody's child but his own, and has none here (GUA-20).
  const childIds = [await town.idOf('F2.child')];
  expect((await father.ask(send, { input: { ...input, childIds } })).codes).toEqual(['NOT_FOUND']);

  const { data } = await father.ask<{ result: { __typename: string; form: { id: string } } }>(send, {
    input: { ...input, attachmentIds: [fileId] },
  });
  expect(data!.result.__typename).toBe('ContactFormReceived');
  const { id } = data!.result.form;
  const form = await soon(async () => {
    const answer = await father.ask<Forms>(forms);
    const found = answer.data?.contactForms.nodes.find((one) => one.id === id);
    expect(found).toMatchObject({ status: 'FILED', unit: { id: unitId } });
    return found!;
  });

  const entries = (await town.control('freg', 'archive/entries', undefined, 'GET')) as readonly Archived[];
  const filed = entries.filter(({ caseNumber }) => caseNumber === form.caseNumber);
  expect(filed).toMatchObject([
    { title: 'Henvendelse fra foresatt', direction: 'I', screening: { ground: 'offl. § 13' } },
  ]);
  const { 'dokument.pdf': written, ...files } = filed[0]!.contents;
  expect(written).toBeDefined();
  expect(files).toEqual({ 'vedlegg-1.pdf': letter.toString('base64') });
  const [kept] = await town.look('messaging')`
    select sealed from archive_entry join contact_form using (entry_id) where form_id = ${id}`;
  expect(kept).toEqual({ sealed: null });
  expect((await (await town.visit('guardian', 'F2.mother')).ask<Forms>(forms)).data).toEqual({
    contactForms: { nodes: [] },
  });
});
