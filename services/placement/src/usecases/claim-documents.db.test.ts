import { eraseNext, lookAtNext } from '@ranselpost/kit/files/desk';
import { newId } from '@ranselpost/kit/ids';
import { AppError } from '@ranselpost/kit/pure/errors';
import { aPhoto, plantedInPhotos } from '@ranselpost/kit/testing/pictures';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dismissed, filed } from '../../test/appeals.ts';
import { moveRound, withoutApplications } from '../../test/applications.ts';
import { type Claimed, claimed, named, withClaims } from '../../test/claims.ts';
import {
  documentOf,
  documentWith,
  givenTo,
  send,
  statement,
  withoutLookingInside,
} from '../../test/documents.ts';
import { applicants, people } from '../../test/families.ts';
import { type World, openTown } from '../../test/world.ts';
import { addClaimDocument } from './add-claim-document.ts';
import { decideClaim, noteProof } from './decide-claim.ts';
import type { FileDeps } from './deps.ts';
import { erasePerson } from './erase-person.ts';
import { readClaimDocuments } from './read-claim-documents.ts';
import { readClaims } from './read-claims.ts';
import { deskOf } from './take-document.ts';
import { removeClaimDocument } from './remove-claim-document.ts';
import { dropOldDocuments } from './tend-documents.ts';
import { withdrawClaim } from './withdraw-claim.ts';

const { mother, father, caseWorker } = people;
let world: World;
let ours: Claimed;
beforeAll(async () => {
  world = await openTown();
  withoutLookingInside(world);
});
afterAll(() => world.close());
beforeEach(async () => {
  await withoutApplications(world);
  await world.database.admin`delete from claim_document`;
  ours = await withClaims(world);
});

const provenAt = async (id: string) => (await readClaims(world.deps, mother, [id])).get(id)?.provenAt ?? null;
const decide = async (claimId: string, verdict: 'granted' | 'refused') => {
  const wanted = { claimId, verdict, reason: 'Slik er det', idempotencyKey: newId() };
  const result = await decideClaim(world.deps, caseWorker, wanted);
  return result.ok ? result.value.verdict : result.refusal.kind;
};
const add = async (claimId: string, documentId: string) => {
  const result = await addClaimDocument(world.deps, mother, { claimId, documentId });
  return result.ok ? 'added' : result.refusal.kind;
};
const lying = async (id: string): Promise<string[]> =>
  (await readdir(world.folder, { recursive: true })).filter((name) => name.includes(id));
const rows = async () =>
  (await world.database.admin`select id from claim_document`).map(({ id }) => id as string);
const emptyBin = async () => {
  while (await eraseNext(deskOf(world.deps)));
};
const withScanner = (scan: FileDeps['files']['scan']): FileDeps => ({
  ...world.deps,
  files: { ...world.deps.files, scan },
});
const away = () =>
  withScanner(async (content) => {
    content.destroy();
    throw new AppError('UNAVAILABLE');
  });

describe('what is claimed', () => {
  test('is shown by a document from when it came in, without anybody who notes that (BHG-09)', async () => {
    const id = await documentWith(world.deps, mother, ours.general);
    const [[shown] = []] = await readClaimDocuments(world.deps, caseWorker, [ours.general]);
    expect(shown).toMatchObject({ id, name: 'Uttalelse.pdf', state: 'READY' });
    expect(await provenAt(ours.general)).toEqual(shown!.receivedAt);
    expect(await decide(ours.general, 'granted')).toBe('granted');
  });

  test('was shown too late by what came after the deadline, and in time by what came on paper (BHG-09)', async () => {
    await world.database
      .admin`update admission_round set deadline = deadline - 400 where id = ${ours.roundId}`;
    await documentWith(world.deps, mother, ours.general);
    expect(await decide(ours.general, 'granted')).toBe('E_LATE_PROOF');
    const early = new Date(Date.now() - 500 * 86_400_000);
    expect(await noteProof(world.deps, caseWorker, { claimId: ours.general, provenAt: early })).toMatchObject(
      { ok: true },
    );
    expect(await decide(ours.general, 'granted')).toBe('granted');
  });

  test('stays shown from when it was shown first, however much comes', async () => {
    await documentWith(world.deps, mother, ours.general);
    const first = await provenAt(ours.general);
    await documentWith(world.deps, father, ours.general);
    expect(await provenAt(ours.general)).toEqual(first);
  });

  test('waits for the scanner, and was shown from when the document came', async () => {
    const id = await documentOf(away(), mother);
    expect(await add(ours.general, id)).toBe('added');
    expect(await provenAt(ours.general)).toBeNull();
    expect(await readClaimDocuments(world.deps, caseWorker, [ours.general])).toEqual([[]]);
    expect(await givenTo(world.deps, mother, id)).toBe('NOT_FOUND');
    const later = { ...world.deps, now: () => new Date(Date.now() + 300_000) };
    expect(await lookAtNext(deskOf(later))).toBe(true);
    const [[shown] = []] = await readClaimDocuments(world.deps, caseWorker, [ours.general]);
    expect(await provenAt(ours.general)).toEqual(shown!.receivedAt);
    expect(await givenTo(world.deps, caseWorker, id)).toEqual(statement);
  });

  test('is not shown by what the scanner refuses, which goes (S-12 of files, decision 0033)', async () => {
    const id = await documentOf(away(), mother);
    await add(ours.general, id);
    const found = withScanner(async (content) => {
      content.resume();
      return 'FOUND';
    });
    await lookAtNext(deskOf({ ...found, now: () => new Date(Date.now() + 300_000) }));
    expect(await provenAt(ours.general)).toBeNull();
    expect(await decide(ours.general, 'granted')).toBe('E_NO_PROOF');
    expect(await lying(id)).toEqual([]);
    expect(await send(found, mother)).toEqual({ ok: false, refusal: 'MALWARE' });
  });
});

describe('a document', () => {
  test('lies sealed, and without what a picture says of where it was taken', async () => {
    const photo = await aPhoto(60, 40);
    const id = await documentOf(world.deps, mother, photo);
    expect(await add(ours.general, id)).toBe('added');
    const got = await givenTo(world.deps, caseWorker, id);
    if (typeof got === 'string') throw new Error(got);
    expect(plantedInPhotos.filter((trace) => got.includes(trace))).toEqual([]);
    for (const name of await lying(id))
      expect((await readFile(join(world.folder, name))).includes(got.subarray(0, 16))).toBe(false);
  });

  test('goes with one claim that waits for a verdict, at most ten with each', async () => {
    const id = await documentOf(world.deps, mother);
    expect(await add(ours.general, id)).toBe('added');
    expect(await add(ours.general, id)).toBe('added');
    expect(await add(ours.sensitive, id)).toBe('ATTACHMENT_GONE');
    await moveRound(world, ours.roundId, 'CLOSED');
    for (let nth = 1; nth < 10; nth += 1) await documentWith(world.deps, mother, ours.general);
    const eleventh = await documentOf(world.deps, mother);
    expect(await add(ours.general, eleventh)).toBe('ATTACHMENTS_TOO_MANY');
    expect(await decide(ours.general, 'refused')).toBe('refused');
    expect(await add(ours.general, eleventh)).toBe('E_DECIDED');
    await moveRound(world, ours.roundId, 'PUBLISHED');
    expect(await add(ours.sensitive, eleventh)).toBe('E_ROUND_STATE');
  });

  test('is not taken where ten wait for nothing already', async () => {
    for (let nth = 0; nth < 10; nth += 1) await documentOf(world.deps, mother);
    await expect(documentOf(world.deps, mother)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  test('is nobody’s any more who is not responsible for the child (S-04)', async () => {
    const id = await documentWith(world.deps, father, ours.general);
    expect(await givenTo(world.deps, father, id)).toEqual(statement);
    await world.identity.guardians(applicants.ada, [mother.personId]);
    await world.settled();
    expect(await givenTo(world.deps, father, id)).toBe('NOT_FOUND');
    expect(await givenTo(world.deps, caseWorker, id)).toEqual(statement);
    await world.identity.guardians(applicants.ada, [mother.personId, father.personId]);
    await world.settled();
  });
});

describe('what was sent in and claimed is taken back (BHG-09)', () => {
  const remove = async (documentId: string, claimId = ours.general) => {
    const result = await removeClaimDocument(world.deps, mother, { claimId, documentId });
    return result.ok ? result.value.provenAt : result.refusal.kind;
  };
  const withdraw = async (claimId: string, actor = mother) => {
    const result = await withdrawClaim(world.deps, actor, claimId);
    return result.ok ? 'withdrawn' : result.refusal.kind;
  };

  test('of a document until somebody has decided by it, and it goes from where files lie (RET-08, ADM-06)', async () => {
    const [first, second] = [
      await documentWith(world.deps, mother, ours.general),
      await documentWith(world.deps, mother, ours.general),
    ];
    await moveRound(world, ours.roundId, 'CLOSED');
    const [[, shown] = []] = await readClaimDocuments(world.deps, mother, [ours.general]);
    expect(await remove(first)).toEqual(shown!.receivedAt);
    expect(await remove(first)).toBe('ATTACHMENT_GONE');
    await emptyBin();
    expect([await lying(first), (await lying(second)).length]).toEqual([[], 1]);
    expect(await decide(ours.general, 'granted')).toBe('granted');
    expect(await remove(second)).toBe('E_DECIDED');
    await moveRound(world, ours.roundId, 'PUBLISHED');
    expect(await remove(second)).toBe('E_ROUND_STATE');
  });

  test('of the only document: then it was not shown, unless somebody has seen it on paper', async () => {
    expect(await remove(await documentWith(world.deps, mother, ours.general))).toBeNull();
    expect(await decide(ours.general, 'granted')).toBe('E_NO_PROOF');
    const again = await documentWith(world.deps, mother, ours.general);
    const onPaper = new Date(Date.now() - 86_400_000);
    await noteProof(world.deps, caseWorker, { claimId: ours.general, provenAt: onPaper });
    expect(await remove(again)).toEqual(onPaper);
  });

  test('of a document that nobody could read before it was decided', async () => {
    const id = await documentOf(away(), mother);
    await add(ours.general, id);
    expect(await decide(ours.general, 'refused')).toBe('refused');
    expect(await remove(id)).toBeNull();
  });

  test('of a claim while the application may be changed, with all documents; then it can be claimed anew (BHG-07)', async () => {
    const { admin } = world.database;
    const ids = [
      await documentWith(world.deps, mother, ours.general),
      await documentWith(world.deps, father, ours.general),
    ];
    await moveRound(world, ours.roundId, 'CLOSED');
    expect(await withdraw(ours.general)).toBe('E_ROUND_NOT_OPEN');
    await moveRound(world, ours.roundId, 'OPEN');
    await admin`update admission_round set deadline = deadline - 400 where id = ${ours.roundId}`;
    expect(await withdraw(ours.general)).toBe('E_DEADLINE');
    await admin`update admission_round set deadline = deadline + 400 where id = ${ours.roundId}`;
    expect(await withdraw(ours.general)).toBe('withdrawn');
    await emptyBin();
    for (const id of ids) expect(await lying(id)).toEqual([]);
    expect((await readClaims(world.deps, mother, [ours.general])).size).toBe(0);
    const anew = await claimed(world, father, ours.applicationId, 'sibling');
    expect(anew).toMatchObject({ provenAt: null, verdict: 'undecided' });
    expect(await decide(anew.id, 'refused')).toBe('refused');
    expect(await withdraw(anew.id, father)).toBe('E_DECIDED');
  });

  test('of a claim by whoever is left, once whoever made it is not responsible any more (GUA-22)', async () => {
    expect(await withdraw(ours.general, father)).toBe('E_NOT_CLAIMANT');
    await world.identity.guardians(applicants.ada, [father.personId]);
    await world.settled();
    expect(await withdraw(ours.general, father)).toBe('withdrawn');
    await world.identity.guardians(applicants.ada, [mother.personId, father.personId]);
    await world.settled();
  });
});

describe('the time of a document', () => {
  const appealed = () => world.database.admin`
    insert into appeal (id, application_id, child_id, round_id, unit_id, grounds, state, received_at)
    select ${newId()}, application_id, child_id, round_id, unit_id, 'Uenig', 'RECEIVED', now() from wish
    where application_id = ${ours.applicationId} limit 1`;

  test('is a day for what goes with nothing', async () => {
    const [loose, put] = [
      await documentOf(world.deps, mother),
      await documentWith(world.deps, mother, ours.general),
    ];
    await dropOldDocuments(world.deps);
    expect(await rows()).toHaveLength(2);
    await dropOldDocuments({ ...world.deps, now: () => new Date(Date.now() + 25 * 3_600_000) });
    expect(await rows()).toEqual([put]);
    await emptyBin();
    expect(await lying(loose)).toEqual([]);
    expect(await lying(put)).toHaveLength(1);
  });

  test('is over when nobody can appeal any more, and not before the archive has each appeal and what was decided (RET-02, RET-07, ADM-06)', async () => {
    await named(world, ours.sensitive, caseWorker);
    const id = await documentWith(world.deps, mother, ours.sensitive);
    expect(await decide(ours.sensitive, 'granted')).toBe('granted');
    for (const state of ['PUBLISHED', 'APPEAL'] as const) {
      await moveRound(world, ours.roundId, state);
      await dropOldDocuments(world.deps);
      expect(await rows()).toEqual([id]);
    }
    await appealed();
    await moveRound(world, ours.roundId, 'FINISHED');
    await dropOldDocuments(world.deps);
    expect(await rows()).toEqual([id]);
    for (const entryId of await dismissed(world, ours.applicationId)) {
      await dropOldDocuments(world.deps);
      expect(await rows()).toEqual([id]);
      await filed(world, entryId);
    }
    await dropOldDocuments(world.deps);
    expect(await rows()).toEqual([]);
    await emptyBin();
    expect(await lying(id)).toEqual([]);
    expect(await provenAt(ours.sensitive)).not.toBeNull();
  });

  test('is over in a round that never ends when the child has its place, and not while it waits or there is an appeal (RET-02)', async () => {
    const { admin } = world.database;
    const id = await documentWith(world.deps, mother, ours.general);
    const stand = async (state: string) => {
      await admin`update placement_application set state = ${state} where id = ${ours.applicationId}`;
      await dropOldDocuments(world.deps);
      return rows();
    };
    // In one that ends, whoever got a place may appeal.
    expect(await stand('PLACED')).toEqual([id]);
    await admin`update admission_round set kind = 'CONTINUOUS' where id = ${ours.roundId}`;
    expect(await stand('WAITING')).toEqual([id]);
    await moveRound(world, ours.roundId, 'APPEAL');
    await appealed();
    await moveRound(world, ours.roundId, 'OPEN');
    expect(await stand('PLACED')).toEqual([id]);
    await admin`delete from appeal`;
    expect(await stand('PLACED')).toEqual([]);
    await emptyBin();
    expect(await lying(id)).toEqual([]);
  });

  test('is over with the application that is withdrawn', async () => {
    await documentWith(world.deps, mother, ours.general);
    await world.database
      .admin`update placement_application set state = 'WITHDRAWN' where id = ${ours.applicationId}`;
    await dropOldDocuments(world.deps);
    expect(await rows()).toEqual([]);
  });

  test('is over with the child, and with whoever sent it (RET-08)', async () => {
    const [hers, his] = [
      await documentWith(world.deps, mother, ours.general),
      await documentWith(world.deps, father, ours.general),
    ];
    await world.deps.db.asService((tx) => erasePerson(tx, father.personId));
    expect(await rows()).toEqual([hers]);
    await world.deps.db.asService((tx) => erasePerson(tx, applicants.ada));
    expect(await rows()).toEqual([]);
    await emptyBin();
    expect([...(await lying(hers)), ...(await lying(his))]).toEqual([]);
  });
});
