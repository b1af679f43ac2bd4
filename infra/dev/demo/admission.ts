import { goldenApplicants, goldenFamilies, goldenStaff } from '../../simulators/population/index.ts';
import { Visitor } from '../../visitor/visitor.ts';
import type { Stack } from '../stack.ts';
import { DidNotHold, hold, until } from '../story.ts';
import { type Child, aKey, childrenOf, today } from './graph.ts';
import { patienceMs } from './scene.ts';

/** A family that applies for a place for a child that nobody here knew of. */
export interface Applicants {
  readonly parent: Visitor;
  /** The other parent. */
  readonly other: Visitor;
  readonly child: Child;
}

/** An admission to the golden kindergarten, which nobody begins before the next autumn. */
export interface Admission {
  readonly stack: Stack;
  readonly caseWorker: Visitor;
  readonly unit: { readonly id: string; readonly name: string };
  /** The year in whose autumn children start. */
  readonly year: number;
  /** A first child. */
  readonly first: Applicants;
  /** Whose elder brother has a place in the kindergarten already. */
  readonly sibling: Applicants & { readonly elder: Child };
}

/** By which the story knows rounds that are its own. */
export const roundTitle = 'En ledig plass (demo)';

export async function enterAdmission(stack: Stack): Promise<Admission> {
  const gateway = stack.urls['gateway']!;
  const caseWorker = await Visitor.signedIn(gateway, 'staff', goldenStaff.caseWorker.number);
  const [first, sibling] = [
    await familyOf(gateway, goldenApplicants.first),
    await familyOf(gateway, {
      child: goldenApplicants.sibling.child,
      mother: goldenApplicants.sibling.father,
      father: goldenApplicants.sibling.mother,
    }),
  ];
  const elder = (await childrenOf(sibling.parent)).find(
    ({ name }) => name?.given === goldenFamilies.F3.fathersOther.given,
  );
  const unit = elder?.enrolments.find(({ unit: one }) => one.kind === 'KINDERGARTEN')?.unit;
  if (elder === undefined || unit === undefined)
    throw new DidNotHold('the elder brother has no kindergarten');
  const year = Number(today().slice(0, 4)) + (today().slice(5) < '08-01' ? 0 : 1);
  return { stack, caseWorker, unit, year, first, sibling: { ...sibling, elder } };
}

interface GoldenFamily {
  readonly child: { readonly given: string };
  readonly mother: { readonly number: string };
  readonly father: { readonly number: string };
}

/** Says that a parent wants to apply, and waits until the register has told of the child. */
async function familyOf(
  gateway: string,
  { child: { given }, mother, father }: GoldenFamily,
): Promise<Applicants> {
  const [parent, other] = await Promise.all([
    Visitor.signedIn(gateway, 'guardian', mother.number),
    Visitor.signedIn(gateway, 'guardian', father.number),
  ]);
  const sought = async (): Promise<Child | undefined> =>
    (await childrenOf(parent)).find(({ name }) => name?.given === given);
  if ((await sought()) === undefined) await change(parent, 'prepareApplication', {});
  await until('the register’s word of the child', patienceMs, async () => (await sought()) !== undefined);
  return { parent, other, child: (await sought())! };
}

/** Changes something that no rule refuses here, and answers what came of it. */
export async function change<Answer = object>(
  who: Visitor,
  mutation: string,
  input: object,
  { selection = '', type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input` } = {},
): Promise<Answer> {
  const { data, codes } = await who.ask<{
    it: (Answer & { readonly code?: string; message?: string }) | null;
  }>(
    `mutation Change($input: ${type}!) { it: ${mutation}(input: $input) {
      __typename ${selection} ... on Refusal { code message } } }`,
    { input },
  );
  const code = data?.it == null ? codes.join(', ') : data.it.code;
  hold(code === undefined, `${mutation} gave ${code}: ${data?.it?.message ?? ''}`);
  return data!.it!;
}

/** The same under a key of its own. */
export const changeOnce = <Answer = object>(
  who: Visitor,
  mutation: string,
  input: object,
  more: { readonly selection?: string; readonly type?: string } = {},
): Promise<Answer> => change<Answer>(who, mutation, { ...input, idempotencyKey: aKey() }, more);

/** Moves a round, as a case worker. */
export const moveRound = (who: Visitor, mutation: string, roundId: string): Promise<object> =>
  changeOnce(who, mutation, { roundId }, { type: 'MoveAdmissionRoundInput' });
