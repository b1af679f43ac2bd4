import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { machine, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { readSafetyConcerns } from './read-contact-forms.ts';
import { sendContactForm } from './send-contact-form.ts';
import { takeOnSafetyConcern } from './take-on-safety-concern.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const failure = (answer: Promise<unknown>) =>
  answer.then(
    () => 'permitted',
    (error: Error & { code?: string }) => ({ code: error.code, message: error.message }),
  );
const notFound = { code: 'NOT_FOUND', message: 'Not found.' };
const concernsAt = (actor: Actor, unitId = places.school) =>
  readSafetyConcerns(world.deps, actor, { unitId, first: 20, after: null });

describe('what hints at bullying (SKM-03)', () => {
  test('is a task for the unit’s leader that says nothing, and for nobody else', async () => {
    expect(await concernsAt(people.leader)).toEqual([]);
    const sent = await sendContactForm(
      world.deps,
      { ...people.stranger, level: 'high' },
      {
        ...{ unitId: places.school, childIds: [], attachmentIds: [], about: '', senderName: '', subject: '' },
        ...{ text: 'Sønnen vår blir mobbet hver dag', idempotencyKey: newId() },
      },
    );
    expect(sent).toMatchObject({ ok: true });
    const [concern, ...others] = await concernsAt(people.leader);
    expect([others, Object.keys(concern!).toSorted()]).toEqual([
      [],
      ['caseNumber', 'cause', 'id', 'raisedAt', 'takenOnAt', 'unitId'],
    ]);
    const [notice] = await world.database.admin`
      select data from outbox where type = 'messaging.notice.due.v1' and subject = ${concern!.id}`;
    expect(notice!['data']).toMatchObject({
      recipients: [{ personId: people.leader.personId, capacity: 'staff', childIds: [] }],
    });
    for (const other of [
      people.teacher,
      people.office,
      people.afterSchool,
      people.otherLeader,
      people.mother,
      machine,
    ]) {
      expect(await failure(concernsAt(other))).toEqual(notFound);
      expect(await failure(takeOnSafetyConcern(world.deps, other, concern!.id))).toEqual(notFound);
      const rows = await lookAs(world.deps.db, other, (tx) => tx.execute(sql`select 1 from safety_concern`));
      expect(rows).toEqual([]);
    }
    expect((await takeOnSafetyConcern(world.deps, people.leader, concern!.id)).takenOnAt).toEqual(
      expect.any(Date),
    );
    expect(await failure(takeOnSafetyConcern(world.deps, people.leader, newId()))).toEqual(notFound);
  });
});
