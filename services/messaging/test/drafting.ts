import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import type { Draft } from '../src/domain/draft.ts';
import { readDraft, readDrafts } from '../src/usecases/read-drafts.ts';
import { type KeyedDraft, type WantedAim, saveDraft } from '../src/usecases/save-draft.ts';
import { type DraftOutcome, type SendingWish, sendDraft } from '../src/usecases/send-draft.ts';
import { children, machine, people, places } from './families.ts';
import type { World } from './world.ts';

export const toSchool = (more: object = {}): WantedAim => ({
  ...{ kind: 'THREAD', childIds: [children.ours], unitId: places.school },
  ...{ alsoGuardianIds: [], alsoStaffIds: [], leaveOut: [], toMailbox: false },
  ...more,
});
export const toMany: WantedAim = {
  ...{ kind: 'BROADCAST', places: [{ unitId: places.school, groupId: null }] },
  ...{ isStarting: false, urgentReason: null },
};
export const answering = (answersId: string): WantedAim => ({
  ...{ kind: 'ANSWER', answersId, alsoGuardianIds: [] },
});

export const save = ({ deps }: Pick<World, 'deps'>, actor: Actor, more: Partial<KeyedDraft> = {}) =>
  saveDraft(deps, actor, {
    ...{ draftId: null, aim: toSchool(), subject: 'Tur', body: 'Vi går på tur i morgen.' },
    ...{ knownNames: [], idempotencyKey: newId() },
    ...more,
  });

/** A draft that must be kept. */
export async function begun(
  world: Pick<World, 'deps'>,
  actor: Actor,
  more: Partial<KeyedDraft> = {},
): Promise<Draft> {
  const result = await save(world, actor, more);
  if (!result.ok) throw new Error(`not kept: ${result.refusal.kind}`);
  return result.value;
}

export const send = (
  { deps }: Pick<World, 'deps'>,
  actor: Actor,
  draftId: string,
  more: Partial<SendingWish> = {},
) =>
  sendDraft(deps, actor, draftId, {
    ...{ sendAt: null, isReread: false, knownNames: [], attachmentIds: [], confirmation: null },
    ...more,
  });

/** What must have come of it. */
export function outcome(result: Awaited<ReturnType<typeof send>>): DraftOutcome {
  if (!result.ok) throw new Error(`not sent: ${result.refusal.kind}`);
  return result.value;
}

const minuteMs = 60_000;
export const inMinutes = (minutes: number): Date => new Date(Date.now() + minutes * minuteMs);

/** A draft of a message that waits for its time, in ten minutes. */
export async function waiting(
  world: Pick<World, 'deps'>,
  actor: Actor,
  more: Partial<KeyedDraft> = {},
  wish: Partial<SendingWish> = {},
): Promise<Draft> {
  const { id } = await begun(world, actor, more);
  const result = outcome(await send(world, actor, id, { sendAt: inMinutes(10), ...wish }));
  if (result.kind !== 'waits') throw new Error(`it is ${result.kind}`);
  return result.draft;
}

/** Everything that somebody finds of drafts, by whatever way. */
export async function draftsOf({ deps }: Pick<World, 'deps'>, actor: Actor, id: string): Promise<number> {
  const listed = 'personId' in actor ? await readDrafts(deps, actor, { first: 100, after: null }) : [];
  return listed.filter((one) => one.id === id).length + Number((await readDraft(deps, actor, id)) !== null);
}

/** Everybody who must not learn of drafts that the mother and the teacher have begun. */
export const notTheAuthor: readonly [string, Actor][] = [
  ['the other guardian (ADR-11)', people.father],
  ['a stranger', people.stranger],
  ['the leader of the unit', people.leader],
  ['the office of the unit', people.office],
  ['a colleague', people.assistant],
  ['a guardian who is the author, signed in as staff (GUA-24)', staff(people.mother.personId)],
  ['staff who are the author, signed in as a guardian (GUA-24)', guardian(people.teacher.personId)],
  ['a machine', machine],
  ['one of our services', { kind: 'service', name: 'identity' }],
];
