import { type ReportAnswer, inputOf, ofOne, reportMutation, schoolDayAhead } from '../visitor/absences.ts';
import { addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from '../dev/stack.ts';
import type { Dice } from '../simulators/population/random.ts';
import type { Visitor } from '../visitor/visitor.ts';
import { type Told, ask } from './ask.ts';
import type { Cast } from './cast.ts';
import type { History } from './history.ts';
import { type Watcher, settlesWithinMs } from './watch.ts';

/** What everybody who acts has at hand. */
export interface Stage {
  readonly stack: Stack;
  readonly history: History;
  readonly cast: Cast;
  readonly dice: Dice;
  /** True when nothing new is to be begun. */
  readonly isOver: () => boolean;
}

const key = (): string => crypto.randomUUID();
const today = (): string => localDateAt(new Date());

const list = `query List($id: ID!) { child(id: $id) { absences(first: 100) { nodes { id } } } }`;
interface Listed {
  readonly child: { readonly absences: { readonly nodes: readonly { readonly id: string }[] } | null } | null;
}

/** How often the same report is sent again, under the same key, when there was no answer: as a portal does. */
const tries = 3;
/** Far enough ahead that no other story wants the day. */
const firstDay = 100;
/** Nothing is reported more than a year ahead: whoever has been through all of these days begins anew, and finds each known. */
const daysMax = 140;

/** Two report the same days of one child and read its list, each when they come to it. */
export async function reportAndRead({ history, cast, isOver }: Stage, most: number): Promise<void> {
  const { childId, unitId } = cast.pupil;
  const offset = await daysTaken(cast.reporters[0]!, childId);
  const act = async (who: Visitor, by: string, place: number): Promise<void> => {
    for (let turn = 0; !isOver(); turn += 1) {
      if (turn < most) {
        // One after the other comes to the same day first.
        const day = schoolDayAhead(firstDay + ((offset + turn + (turn % 2 === place ? 1 : 0)) % daysMax));
        await reportOne(who, by, day);
      }
      await readList(who, by);
      await sleep(150);
    }
  };
  const reportOne = async (who: Visitor, by: string, day: string): Promise<void> => {
    const input = inputOf({ childId, unitId, day, cause: 'OTHER', idempotencyKey: key() });
    const about = { kind: 'report', by, child: childId, slot: `${childId} ${unitId} ${day}` } as const;
    for (let tried = 0; tried < tries; tried += 1) {
      const told = await ask<ReportAnswer>(history, who, reportMutation, { input });
      const { begin, end } = told;
      const outcome = outcomeOf(told);
      history.add({ ...about, begin, end, ...outcome });
      if (outcome.got !== 'failed') return;
      await sleep(300);
    }
  };
  const readList = async (who: Visitor, by: string): Promise<void> => {
    const told = await ask<Listed>(history, who, list, { id: childId });
    const { begin, end } = told;
    const about = { kind: 'list', by, child: childId, begin, end } as const;
    if (told.got === 'answer' && told.data.child?.absences != null)
      history.add({ ...about, got: 'answer', ids: told.data.child.absences.nodes.map(({ id }) => id) });
    else history.add({ ...about, got: 'failed', code: told.got === 'failed' ? told.code : told.got });
  };
  await Promise.all(cast.reporters.map((who, place) => act(who, `reporter ${place + 1}`, place)));
}

function outcomeOf(told: Told<ReportAnswer>) {
  if (told.got === 'failed') return { got: 'failed', code: told.code } as const;
  if (told.got === 'hidden') return { got: 'failed', code: 'NOT_FOUND' } as const;
  const { __typename: answer, absence } = ofOne(told.data) ?? { __typename: 'nothing' };
  if (answer === 'AbsenceReported') return { got: 'receipt', id: absence!.id } as const;
  if (answer === 'AbsenceKnown') return { got: 'known', id: absence!.id } as const;
  return answer === 'FeatureClosed'
    ? ({ got: 'closed' } as const)
    : ({ got: 'failed', code: answer } as const);
}

async function daysTaken(who: Visitor, childId: string): Promise<number> {
  const { data } = await who.ask<Listed>(list, { id: childId });
  return data?.child?.absences?.nodes.length ?? 0;
}

interface Decided {
  readonly it: {
    readonly code?: string;
    readonly proposalId?: string;
    readonly proposal?: {
      readonly id: string;
      readonly restriction: { readonly id: string } | null;
    };
  } | null;
}

const ofDecision = '... on Decided { proposal { id restriction { id } } } ... on Refusal { code }';
const answers: Readonly<Record<string, string>> = {
  setFeature: '... on FeatureReopeningProposed { proposalId } ... on Refusal { code }',
  // No rule refuses a stop.
  stopFeature: '',
};

/** Staff decide, and send it again under the same key until there is an answer: what they are told then is what counts. */
async function decide(
  { history }: Stage,
  who: Visitor,
  mutation: string,
  input: object,
): Promise<{ readonly begin: number; readonly end: number; readonly it: NonNullable<Decided['it']> }> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation Decide($input: ${type}!) { it: ${mutation}(input: $input) { __typename ${answers[mutation] ?? ofDecision} } }`;
  const keyed = mutation === 'approveProposal' ? input : { ...input, idempotencyKey: key() };
  const begin = history.now();
  for (;;) {
    const told = await ask<Decided>(history, who, query, { input: keyed });
    if (told.got === 'answer' && told.data.it !== null) {
      if (told.data.it.code !== undefined) throw new Error(`${mutation} was refused: ${told.data.it.code}`);
      return { begin, end: told.end, it: told.data.it };
    }
    if (history.now() - begin > 2 * settlesWithinMs)
      throw new Error(`${mutation} finds no answer: ${told.got === 'failed' ? told.code : told.got}`);
    await sleep(200);
  }
}

/** A leader closes somebody out and lets them in again, each time when the last has been seen everywhere (GUA-12). */
export async function restrict(stage: Stage, watcher: Watcher): Promise<void> {
  const { history, cast, dice, isOver } = stage;
  const { personId: adultId, childId } = cast.restricted;
  const noted = (holds: boolean, { begin, end }: { readonly begin: number; readonly end: number }): void =>
    history.add({ kind: 'right', pair: watcher.pair, holds, by: 'staff', begin, end });
  await watcher.until('seen', isOver);
  while (!isOver()) {
    const imposed = await decide(stage, cast.leader, 'imposeRestriction', {
      ...{ childId, adultId, kind: 'CONTACT_BAN', authority: 'UNIT', reviewOn: addDays(today(), 30) },
    });
    noted(false, imposed);
    await watcher.until('hidden', isOver);
    await sleep(500 + dice.below(2_000));
    const restrictionId = imposed.it.proposal!.restriction!.id;
    noted(
      true,
      await decide(stage, cast.leader, 'liftRestriction', { restrictionId, reason: 'Parts that fail' }),
    );
    await watcher.until('seen', isOver);
    await sleep(200 + dice.below(800));
  }
}

/** The register ends a responsibility and gives it back. Its word is never refused, and read when it can be (S-21). */
export async function changeResponsibility(stage: Stage, watcher: Watcher): Promise<void> {
  const { stack, history, dice, isOver } = stage;
  const say = async (holds: boolean, wish: object): Promise<void> => {
    const begin = history.now();
    const answer = await fetch(`${stack.urls['freg']}/control/life-events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wish),
    });
    if (!answer.ok) throw new Error(`the register's simulator answered ${answer.status}`);
    history.add({ kind: 'right', pair: watcher.pair, holds, by: 'register', begin, end: history.now() });
    await watcher.until(holds ? 'seen' : 'hidden', isOver);
    await sleep(300 + dice.below(1_000));
  };
  await watcher.until('seen', isOver);
  while (!isOver()) {
    await say(false, { kind: 'sole-responsibility', child: 'F3.shared', holder: 'F3.mother' });
    await say(true, {
      kind: 'joint-responsibility',
      child: 'F3.shared',
      holders: ['F3.mother', 'F3.father'],
    });
  }
}

/** Somebody stands in with a class, and does not any more. */
export async function substitute(stage: Stage, watcher: Watcher): Promise<void> {
  const { history, cast, dice, isOver } = stage;
  const { login } = cast.substitute;
  const { unitId, groupId } = cast.pupil;
  await watcher.until('hidden', isOver);
  while (!isOver()) {
    const role = { role: 'ASSISTANT', unitId, groupId, from: today(), to: addDays(today(), 1) };
    const { begin, end } = await decide(stage, cast.leader, 'assignSubstitute', { login, ...role });
    history.add({ kind: 'right', pair: watcher.pair, holds: true, by: 'staff', begin, end });
    await watcher.until('seen', isOver);
    await sleep(500 + dice.below(1_500));
    const ended = await decide(stage, cast.leader, 'endRole', { roleId: await roleOf(stage) });
    const { begin: from, end: to } = ended;
    history.add({ kind: 'right', pair: watcher.pair, holds: false, by: 'staff', begin: from, end: to });
    await watcher.until('hidden', isOver);
    await sleep(300 + dice.below(700));
  }
}

const substitutes = `query Substitutes($id: ID!) { unit(id: $id) { substitutes { id login } } }`;
interface Substitutes {
  readonly unit: {
    readonly substitutes: readonly { readonly id: string; readonly login: string | null }[];
  } | null;
}

async function roleOf({ history, cast }: Stage): Promise<string> {
  for (;;) {
    const told = await ask<Substitutes>(history, cast.leader, substitutes, { id: cast.pupil.unitId });
    const all = told.got === 'answer' ? told.data.unit?.substitutes : undefined;
    const role = all?.find(({ login }) => login === cast.substitute.login);
    if (role !== undefined) return role.id;
    await sleep(200);
  }
}

/** Reporting is stopped at the pupil's school by one, and opened by two (X07, D02). */
export async function stopAndOpen(stage: Stage): Promise<void> {
  const { history, cast, dice, isOver } = stage;
  const [one, other] = cast.administrators;
  const here = { feature: 'ABSENCE', place: { unitIds: [cast.pupil.unitId] }, reason: 'Parts that fail' };
  const noted = (isOpen: boolean, { begin, end }: { readonly begin: number; readonly end: number }): void =>
    history.add({ kind: 'feature', isOpen, begin, end });
  while (!isOver()) {
    await sleep(1_000 + dice.below(2_000));
    noted(false, await decide(stage, one, 'stopFeature', here));
    await sleep(1_000 + dice.below(2_000));
    const { begin, it } = await decide(stage, one, 'setFeature', {
      ...{ ...here, state: 'OPEN', insistsOnDay: true },
    });
    const approved = await decide(stage, other, 'approveProposal', { proposalId: it.proposalId });
    noted(true, { begin, end: approved.end });
  }
}

interface Question {
  readonly it: { readonly request?: { readonly id: string } } | null;
}
const question = `mutation Ask($input: RequestInformationInput!) { it: requestInformation(input: $input) {
  __typename ... on InformationRequested { request { id } } } }`;

/** Each asks as much as anybody may at a time, again under the same key where there is no answer (GUA-07, S-20). */
export async function askQuestions({ history, cast, dice, isOver }: Stage): Promise<void> {
  await Promise.all(
    cast.askers.map(async (who, place) => {
      for (let asked = 0; asked < 3 && !isOver(); asked += 1) {
        await sleep(500 + dice.below(2_500));
        const input = {
          ...{
            scope: 'SCHOOL',
            childName: 'Et barn',
            childBirthDate: '2017-03-01',
            askerName: 'En forelder',
          },
          ...{ question: 'Hvordan går det på skolen?', idempotencyKey: key() },
        };
        for (let isAnswered = false; !isAnswered;) {
          const told = await ask<Question>(history, who, question, { input });
          const { begin, end } = told;
          const about = { kind: 'question', by: `asker ${place + 1}`, begin, end } as const;
          const id = told.got === 'answer' ? told.data.it?.request?.id : undefined;
          // Somebody who has asked in an earlier run today is told that it is enough.
          isAnswered = told.got === 'answer';
          if (id !== undefined) history.add({ ...about, got: 'receipt', id });
          else if (told.got === 'failed') history.add({ ...about, got: 'failed', code: told.code });
          if (!isAnswered) await sleep(300);
          if (isOver()) break;
        }
      }
    }),
  );
}
