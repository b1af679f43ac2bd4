import type { Tx } from '@ranselpost/kit/database';
import { addDays } from '@ranselpost/kit/pure/dates';
import { type Certificate, type CertificateFile, certificateOf } from '../domain/certificate.ts';
import { daysOfSchoolYear } from '../domain/leave-regulation.ts';
import { countDays, summarize } from '../domain/school-day.ts';
import * as absentDays from '../store/absent-days.ts';
import * as calendars from '../store/calendars.ts';
import * as certificates from '../store/certificates.ts';
import type { LoadedCountFacts } from './count-facts.ts';

export interface PupilYear {
  readonly childId: string;
  readonly schoolYear: number;
}

export interface LoadedCertificate extends PupilYear {
  readonly file: CertificateFile;
  readonly certificate: Certificate;
}

/** The certificate of a pupil as it would be now; null where nothing is counted for whoever asks, or it is hidden at one of its schools. */
export async function loadCertificate(
  tx: Tx,
  { today }: Pick<LoadedCountFacts, 'today'>,
  { childId, schoolYear }: PupilYear,
): Promise<LoadedCertificate | 'hidden' | null> {
  const { from, to } = daysOfSchoolYear(schoolYear);
  const until = addDays(today, 1);
  const [found] = await absentDays.fromSchools(tx, [{ childId, from, to: until < to ? until : to }]);
  if (found == null) return null;
  if (found.isHidden) return 'hidden';
  const file = await certificates.ofPupil(tx, childId, { schoolYear, from, to });
  const unitIds = [...found.days, ...file.places].map(({ unitId }) => unitId);
  const units = await calendars.ofUnits(tx, [...new Set(unitIds)]);
  const counted = countDays(units, found.days);
  const areHoursKnown = summarize(counted, found.hasLessons).hours !== null;
  const certificate = certificateOf(file, {
    ...{ schoolYear, today, calendars: units, counted, areHoursKnown },
  });
  return { childId, schoolYear, file, certificate };
}
