import { newId } from '@ranselpost/kit/ids';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { decisionOpenedV1 } from '@ranselpost/schema/events/identity/decision-opened.v1';
import { decisionReleasedV1 } from '@ranselpost/schema/events/identity/decision-released.v1';
import { describe, expect, test } from 'vitest';
import { followDecisions } from '../src/usecases/follow-decisions.ts';
import { world, person, heard, becomes, taken, becomeAnother, startSending } from './sending.ts';

startSending();

describe('a decision', () => {
  const release = async () => {
    const decisionId = newId();
    await world.facts.tell(decisionReleasedV1, {
      ...{ decisionId, personId: person, releasedAt: new Date().toISOString() },
    });
    return decisionId;
  };
  const letters = (decisionId: string) =>
    world.database.admin`select reason from letter where decision_id = ${decisionId}`;

  test('is told by each address; on paper to whoever is reserved (KRR-04)', async () => {
    const fresh = new Date().toISOString();
    await world.contact(person, { mobile: { value: '+4790000002', verifiedAt: fresh } });
    await becomes(await release(), 'DONE TOLD');
    expect([taken('EMAIL').length, taken('SMS').length]).toEqual([1, 1]);
    becomeAnother();
    await world.contact(person, { isReserved: true });
    const decisionId = await release();
    await becomes(decisionId, 'DONE PAPER');
    expect(await letters(decisionId)).toMatchObject([{ reason: 'RESERVED' }]);
  });

  test('that nobody opens is told again, and then goes on paper; opened, it does not (KRR-09)', async () => {
    await world.contact(person);
    const [unopened, opened] = [await release(), await release()];
    await becomes(unopened, 'DONE TOLD');
    await becomes(opened, 'DONE TOLD');
    await world.facts.tell(decisionOpenedV1, {
      ...{ decisionId: opened, personId: person, openedAt: new Date().toISOString() },
    });
    await heard();
    const later = async (hours: number) => {
      await world.database.admin`update decision set next_at = now() where next_at is not null`;
      await followDecisions({ ...world.deps, now: () => new Date(Date.now() + hours * 3_600_000) });
    };
    await later(47);
    const ofPerson = () => world.database.admin`select notice_id from notice where person_id = ${person}`;
    expect(await ofPerson()).toHaveLength(2);
    await later(49);
    await eventually(() => expect(taken('EMAIL')).toHaveLength(3));
    await later(169);
    expect(await letters(unopened)).toMatchObject([{ reason: 'UNOPENED' }]);
    expect(await letters(opened)).toEqual([]);
  });
});
