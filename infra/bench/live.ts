import { newId } from '@ranselpost/kit/ids';
import { loadavg } from 'node:os';
import { goldenFamilies, goldenStaff } from '../simulators/population/index.ts';
import { Visitor } from '../visitor/visitor.ts';
import { quantile, report, rounded } from './figures.ts';
import { withScratchStack } from './scratch-stack.ts';

const messages = Number(process.env['BENCH_MESSAGES'] ?? 200);

interface Sent {
  readonly it: { readonly sent?: { readonly id: string; readonly thread: { readonly id: string } } };
}
const result = '{ __typename ... on MessageSent { sent { id thread { id } } } }';
const start = `mutation ($input: StartThreadInput!) { it: startThread(input: $input) ${result} }`;
const send = `mutation ($input: SendMessageInput!) { it: sendMessage(input: $input) ${result} }`;
const thread = '{ messages(first: 1) { nodes { id } } }';

await withScratchStack(50, async (stack) => {
  await stack.start();
  const gateway = stack.urls['gateway']!;
  const mother = await Visitor.signedIn(gateway, 'guardian', goldenFamilies.F1.mother.number);
  const teacher = await Visitor.signedIn(gateway, 'staff', goldenStaff.contactTeacher.number);
  const { id: answersId, threadId } = await mustSend(mother, start, {
    ...(await pupilOf(mother)),
    ...{ subject: 'Tur', text: 'Hvem følger?' },
  });
  const portal = await openPortal(mother, threadId);
  const times: { readonly hint: number; readonly shown: number; readonly answered: number }[] = [];
  for (let place = 0; place < messages; place += 1) {
    const hinted = portal.next();
    const began = performance.now();
    const { id } = await mustSend(teacher, send, { answersId, text: `Vi møtes ved skolen, gruppe ${place}` });
    const answered = performance.now() - began;
    const hint = (await hinted) - began;
    // As a portal does: it is told that there is something, and asks.
    const { data } = await mother.ask<{ thread: { messages: { nodes: { id: string }[] } } }>(
      `query ($id: ID!) { thread(id: $id) ${thread} }`,
      { id: threadId },
    );
    if (data?.thread.messages.nodes[0]?.id !== id) throw new Error('the portal was told too early');
    times.push({ hint, answered, shown: performance.now() - began });
  }
  portal.close();
  const spread = (name: keyof (typeof times)[number]) => {
    const some = times.map((one) => one[name]);
    return {
      [`${name}_p50_ms`]: rounded(quantile(some, 0.5)),
      [`${name}_p99_ms`]: rounded(quantile(some, 0.99)),
    };
  };
  report('live', {
    ...{ messages, ...spread('answered'), ...spread('hint'), ...spread('shown') },
    load: loadavg().map((one) => rounded(one)),
  });
});

async function mustSend(who: Visitor, mutation: string, input: object) {
  const { data, codes } = await who.ask<Sent>(mutation, { input: { ...input, idempotencyKey: newId() } });
  const sent = data?.it.sent;
  if (sent === undefined) throw new Error(`nothing was sent: ${JSON.stringify(data)} ${codes.join()}`);
  return { id: sent.id, threadId: sent.thread.id };
}

/** The child of a guardian who goes to school with the contact teacher, and the school. */
async function pupilOf(who: Visitor): Promise<{ readonly childIds: string[]; readonly unitId: string }> {
  const { data } = await who.ask<{
    viewer: {
      children: {
        id: string;
        name: { given: string };
        enrolments: { unit: { id: string; kind: string } }[];
      }[];
    };
  }>('{ viewer { children { id name { given } enrolments { unit { id kind } } } } }');
  const child = data!.viewer.children.find(({ name }) => name.given === goldenFamilies.F1.older.given)!;
  const { unit } = child.enrolments.find(({ unit: { kind } }) => kind === 'SCHOOL')!;
  return { childIds: [child.id], unitId: unit.id };
}

/** An open portal's stream of hints; `next` says when the next hint about the thread comes. */
async function openPortal(who: Visitor, threadId: string) {
  const url = new URL('/live', who.gatewayUrl);
  const stop = new AbortController();
  const response = await fetch(url, { headers: { cookie: who.jar.header(url) }, signal: stop.signal });
  if (response.status !== 200 || response.body === null) throw new Error(`no stream: ${response.status}`);
  let waiting = Promise.withResolvers<number>();
  const read = async (body: ReadableStream<Uint8Array>): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of body)
      if (decoder.decode(chunk, { stream: true }).includes(threadId)) waiting.resolve(performance.now());
  };
  void read(response.body).catch(() => {});
  return {
    next: (): Promise<number> => {
      waiting = Promise.withResolvers<number>();
      return waiting.promise;
    },
    close: () => stop.abort(),
  };
}
