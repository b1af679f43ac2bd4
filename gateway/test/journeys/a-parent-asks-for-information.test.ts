import { goldenByName } from '@ranselpost/infra/simulators/population/index';
import type { Visitor } from '@ranselpost/infra/visitor/visitor';
import { newId } from '@ranselpost/kit/ids';
import { afterAll, describe, expect, test } from 'vitest';
import { askRaw } from './asking.ts';
import { protectionOfficers } from './officers.ts';
import { soon } from './rights.ts';
import { openTown } from './town.ts';

const town = openTown();
afterAll(() => town.close());

const told = 'id status isOpened complaintUntil';
const ask = `mutation ($input: RequestInformationInput!) { result: requestInformation(input: $input) {
  __typename ... on InformationRequested { receipt request { ${told} } } ... on Refusal { code } } }`;
const openDecision = `mutation ($input: OpenInformationDecisionInput!) { result: openInformationDecision(input: $input) {
  __typename ... on InformationAnswer { text } ... on InformationRefusal { text aid complaintUntil } ... on Refusal { code } } }`;
const complain = `mutation ($input: ComplainAboutInformationRequestInput!) { result: complainAboutInformationRequest(input: $input) {
  __typename ... on InformationComplaintReceived { request { complainedAt } } ... on Refusal { code } } }`;
const handled = `__typename ... on InformationRequestHandled { request { handling { state findings { standing } } } } ... on Refusal { code }`;
const handle = (name: string) => `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) {
  result: ${name}(input: $input) { ${handled} } }`;
const queue = `{ informationRequests(first: 100) { nodes { id question handling { askerName candidates { id isAskerParent } } } } }`;

interface Queue {
  readonly informationRequests: {
    readonly nodes: readonly {
      readonly id: string;
      readonly question: string;
      readonly handling: {
        readonly askerName: string;
        readonly candidates: readonly { readonly id: string; readonly isAskerParent: boolean }[];
      };
    }[];
  } | null;
}

const change = async (visitor: Visitor, query: string, input: object) =>
  (
    await visitor.ask<{ result: Record<string, any> }>(query, {
      input: { idempotencyKey: newId(), ...input },
    })
  ).data!.result;
const numberOf = (name: string): string => goldenByName.get(name)!.number;
const question = (child: string) => ({
  ...{ scope: 'SCHOOL', childNumber: numberOf(child), askerName: 'Faren' },
  question: 'Hvordan har det gått med fraværet i høst?',
});

/** Waits until a request has been sorted onto a case worker's table, and answers it as it lies there. */
const onTheTableOf = (worker: Visitor, requestId: string) =>
  soon(async () => {
    const { data } = await worker.ask<Queue>(queue);
    const found = data?.informationRequests?.nodes.find(({ id }) => id === requestId);
    if (found === undefined) throw new Error('not sorted yet');
    return found;
  });

describe('a father without responsibility (F2)', () => {
  test('sees the neutral text, asks one question, and reads the one answer once (GUA-07, GUA-20, X01)', async () => {
    const father = await town.visit('guardian', 'F2.father');
    const { data: page } = await father.ask<{
      viewer: { children: unknown[] };
      accessHelp: { linkUrl: string };
    }>('{ viewer { children { id } } accessHelp { linkUrl } }');
    expect(page!.viewer.children).toEqual([]);
    expect(page!.accessHelp.linkUrl).toContain('skatteetaten.no');

    const asked = await change(father, ask, question('F2.child'));
    expect(asked).toMatchObject({ __typename: 'InformationRequested', request: { status: 'RECEIVED' } });
    const requestId = asked['request'].id as string;

    const worker = await town.visit('staff', 'staff.caseWorker');
    const found = await onTheTableOf(worker, requestId);
    const [candidate] = found.handling.candidates;
    expect(candidate).toEqual({ id: await town.idOf('F2.child'), isAskerParent: true });
    expect(
      await change(worker, handle('checkInformationRequest'), { requestId, childId: candidate!.id }),
    ).toEqual({
      __typename: 'InformationRequestHandled',
      request: { handling: { state: 'CHECKED', findings: { standing: 'PARENT_BY_REGISTER' } } },
    });
    expect(await change(father, openDecision, { requestId })).toMatchObject({
      code: 'INFORMATION_NOT_DECIDED',
    });
    const text = 'Eleven har vært borte tre dager i høst.';
    await change(worker, handle('answerInformationRequest'), { requestId, text });
    await change(worker, handle('releaseInformationDecision'), { requestId });

    expect(await change(father, openDecision, { requestId })).toEqual({
      __typename: 'InformationAnswer',
      text: `Svar på spørsmål etter barnelova § 47\n\n${text}`,
    });
    expect(await change(father, openDecision, { requestId })).toMatchObject({
      code: 'INFORMATION_ANSWER_GONE',
    });
    // It was an answer and no access.
    expect(
      (await father.ask<typeof page>('{ viewer { children { id } } accessHelp { linkUrl } }')).data,
    ).toEqual(page);
    const [entry] = await town.look('identity')<{ submitted_at: Date | null; archived_at: Date | null }[]>`
      select submitted_at, archived_at from information_entry where request_id = ${requestId}`;
    expect(entry).toMatchObject({ archived_at: null });
    await soon(async () => {
      const [told] = await town.look('identity')`
        select published_at from outbox where type = 'identity.information-request.closed.v1' and subject = ${requestId}`;
      expect(told!['published_at']).not.toBeNull();
    });
  });

  test('is refused with reasons, and complains (GUA-08, ADM-06)', async () => {
    const father = await town.visit('guardian', 'F2.father');
    const { request } = await change(father, ask, question('F2.child'));
    const requestId = request.id as string;
    const worker = await town.visit('staff', 'staff.caseWorker');
    await onTheTableOf(worker, requestId);
    const childId = await town.idOf('F2.child');
    await change(worker, handle('checkInformationRequest'), { requestId, childId, isHarmful: true });
    // What was found forbids an answer, and carries no other ground.
    expect(
      await change(worker, handle('answerInformationRequest'), { requestId, text: 'Likevel.' }),
    ).toMatchObject({ code: 'INFORMATION_NOT_CARRIED' });
    await change(worker, handle('refuseInformationRequest'), {
      ...{ requestId, ground: 'HARM', reasons: 'Barnet har bedt skolen om ikke å fortelle.' },
    });
    await change(worker, handle('releaseInformationDecision'), { requestId });
    const opened = await change(father, openDecision, { requestId });
    expect(opened['__typename']).toBe('InformationRefusal');
    for (const part of ['barnelova § 47', 'Statsforvalteren', '3 uker', 'Barnet har bedt skolen'])
      expect(opened['text']).toContain(part);
    expect(opened['aid']).toContain('County Governor');
    const complained = await change(father, complain, { requestId, text: 'Det stemmer ikke.' });
    expect(complained['request'].complainedAt).toMatch(/^\d{4}-/);
  });
});

describe('a father whose child is hidden from him (F6)', () => {
  test('gets the same receipt as a stranger and as for no child, and no case worker gets to know (GUA-20, ADR-04, S-06)', async () => {
    const rows = [
      ['F6.father', numberOf('F6.child')],
      ['F2.mother', numberOf('F6.child')],
      ['staff.otherTeacher', '99999999999'],
      ['F7.father', numberOf('F7.child')],
    ] as const;
    const answers: string[] = [];
    const ids: string[] = [];
    for (const [who, childNumber] of rows) {
      const visitor = await town.visit('guardian', who);
      const variables = { input: { ...question('F6.child'), childNumber, idempotencyKey: newId() } };
      const answer = await askRaw(visitor, ask, variables);
      const { id } = JSON.parse(answer.text).data.result.request;
      ids.push(id as string);
      answers.push(JSON.stringify(answer).replaceAll(id, 'the id'));
    }
    expect(new Set(answers).size, answers.join('\n')).toBe(1);

    const worker = await town.visit('staff', 'staff.caseWorker');
    await onTheTableOf(worker, ids[3]!);
    const { data } = await worker.ask<Queue>(queue);
    const table = data!.informationRequests!.nodes.map(({ id }) => id);
    expect(ids.map((id) => table.includes(id))).toEqual([false, false, true, true]);
    const one = `query ($id: ID!) { informationRequest(id: $id) { id } }`;
    expect(await askRaw(worker, one, { id: ids[0] })).toEqual(await askRaw(worker, one, { id: newId() }));
  });

  test('is answered by two officers, in words that name no place, and learns of it as anybody does (ADR-04, GUA-07, MSG-14)', async () => {
    const father = await town.visit('guardian', 'F6.father');
    const { request } = await change(father, ask, question('F6.child'));
    const requestId = request.id as string;
    const [officer, second] = await protectionOfficers(town);
    const found = await onTheTableOf(officer, requestId);
    const childId = await town.idOf('F6.child');
    expect(found.handling.candidates.map(({ id }) => id)).toEqual([childId]);
    const worker = await town.visit('staff', 'staff.caseWorker');
    const check = handle('checkInformationRequest');
    expect(await worker.ask(check, { input: { requestId, childId, idempotencyKey: newId() } })).toMatchObject(
      {
        codes: ['NOT_FOUND'],
      },
    );

    expect(await change(officer, check, { requestId, childId })).toMatchObject({
      request: { handling: { state: 'CHECKED', findings: { standing: 'HOLDER' } } },
    });
    const write = (text: string) => change(officer, handle('answerInformationRequest'), { requestId, text });
    const [unit] = await town.look('identity')<{ name: string }[]>`
      select name from unit join enrolment using (unit_id) where child_id = ${childId} limit 1`;
    expect(await write(`Det går fint på ${unit!.name}.`)).toMatchObject({
      code: 'INFORMATION_REVEALS_PLACE',
    });
    expect(await write('Barnet har det bra og har vært lite borte.')).toMatchObject({
      __typename: 'InformationRequestHandled',
    });
    const release = handle('releaseInformationDecision');
    expect(await change(officer, release, { requestId })).toMatchObject({
      code: 'INFORMATION_SECOND_PERSON_NEEDED',
    });
    const decisions = () => town.look('identity')<{ type: string; data: object }[]>`
      select type, data from outbox where subject = ${requestId} and type like 'identity.decision.%' order by id`;
    expect(await decisions()).toEqual([]);
    expect(await change(second, release, { requestId })).toMatchObject({
      __typename: 'InformationRequestHandled',
    });

    const opened = await change(father, openDecision, { requestId });
    expect(opened['text']).toContain('Barnet har det bra');
    expect(opened['text']).not.toContain(unit!.name);
    expect(await change(father, openDecision, { requestId })).toMatchObject({
      code: 'INFORMATION_ANSWER_GONE',
    });
    // Whoever sends is told whom it is for, that there is something to read and that it was opened, and nothing else.
    const personId = await town.idOf('F6.father');
    expect(await decisions()).toEqual([
      {
        type: 'identity.decision.released.v1',
        data: { decisionId: requestId, personId, releasedAt: expect.any(String) as string },
      },
      {
        type: 'identity.decision.opened.v1',
        data: { decisionId: requestId, personId, openedAt: expect.any(String) as string },
      },
    ]);
    // It was an answer and no access.
    expect((await father.ask('{ viewer { name { given } children { id } } }')).data).toEqual({
      viewer: { name: null, children: [] },
    });
  });
});
