import { type Answer, about, aboutNobody, readsOf } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { schoolYearOf } from '../domain/calendar.ts';
import { groundToCertify } from '../domain/counting-policy.ts';
import { type LoadedCertificate, loadCertificate } from './certificate-facts.ts';
import { isCountShown, loadCountFacts, toRead } from './count-facts.ts';
import type { Deps } from './deps.ts';

/** The certificate of a pupil's school year as it would be, and as it was certified; null where there is none for whoever asks. */
export const readAbsenceCertificate = (
  deps: Deps,
  actor: Actor,
  { childId, schoolYear }: { readonly childId: string; readonly schoolYear: number | null },
) =>
  deps.db.asActor(actor, async (tx): Promise<Answer<LoadedCertificate | 'hidden' | null>> => {
    const facts = await loadCountFacts(tx, deps, actor, [childId]);
    const ground = groundToCertify(actor, facts, childId);
    if (ground === null) return aboutNobody(null);
    if (!isCountShown(facts, childId)) return aboutNobody('hidden');
    const year = schoolYear ?? schoolYearOf(facts.today);
    const loaded = await loadCertificate(tx, facts, { childId, schoolYear: year });
    if (loaded === null || loaded === 'hidden') return aboutNobody(loaded);
    return about(readsOf('ABSENCE', actor, facts, [toRead(childId, ground)]), loaded);
  });
