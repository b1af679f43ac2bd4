import { Visitor } from '@ranselpost/infra/visitor/visitor';
import { newId } from '@ranselpost/kit/ids';

/** The contact teacher writes to the guardians of a child of F1's at school. Answers the subject. */
export async function teacherWrites(url: string): Promise<string> {
  const [mother, teacher] = await Promise.all([
    Visitor.signedIn(url, 'guardian', 'F1.mother'),
    Visitor.signedIn(url, 'staff', 'staff.contactTeacher'),
  ]);
  const { data } = await mother.ask<{
    viewer: { children: { id: string; enrolments: { unit: { id: string; kind: string } }[] }[] };
  }>('{ viewer { children { id enrolments { unit { id kind } } } } }');
  const place = data!.viewer.children
    .flatMap(({ id, enrolments }) => enrolments.map(({ unit }) => ({ id, unit })))
    .find(({ unit }) => unit.kind === 'SCHOOL')!;
  const subject = `Tur til skogen ${newId().slice(-6)}`;
  await teacher.ask('mutation ($input: StartThreadInput!) { startThread(input: $input) { __typename } }', {
    input: {
      ...{ childIds: [place.id], unitId: place.unit.id, subject },
      ...{ text: 'Ta med mat og drikke.', idempotencyKey: newId() },
    },
  });
  return subject;
}
