import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import type { Desk } from './information.ts';

/** Everybody who must not see a request about the child `ours` that lies on the desk, unmatched; and why. */
export const noHandlers: readonly [string, (desk: Desk) => Actor][] = [
  ['a stranger', () => guardian(newId())],
  ['the mother of the child', ({ id }) => guardian(id.mother)],
  ['the mother of the child, who is a case worker', ({ id }) => staff(id.mother)],
  ['the asker, signed in as staff', ({ asker }) => staff(asker.personId)],
  ['a case worker, signed in as a guardian', ({ id }) => guardian(id.caseWorker)],
  ['the contact teacher', ({ id }) => staff(id.teacher)],
  ['the leader of the school, to whom it has not been matched', ({ id }) => staff(id.leader)],
  ['the leader of another school', ({ id }) => staff(id.otherLeader)],
  ['a protection officer', ({ id }) => staff(id.officer)],
  ['an administrator of the municipality', ({ id }) => staff(id.administrator)],
  ['a teacher whose role has ended', ({ id }) => staff(id.former)],
  ['a machine', () => ({ kind: 'machine', clientId: 'x', organisation: '310001236', scopes: [] })],
  ['one of our services', () => ({ kind: 'service', name: 'gateway' })],
];

/** What any of them might try with a request. */
export const attempts = [
  ['checkInformationRequest', { childId: null }],
  ['answerInformationRequest', { text: 'Bra.' }],
  ['refuseInformationRequest', { ground: 'HARM', reasons: 'Derfor.' }],
  ['releaseInformationDecision', {}],
  ['withdrawInformationRequest', {}],
  ['openInformationDecision', {}],
  ['complainAboutInformationRequest', { text: 'Nei.' }],
] as const;
