import type { FeatureView } from '../usecases/read-features.ts';
import type { FeatureNotice } from './generated/types.ts';

const standard = {
  NOT_OPEN: {
    nb: 'Dette er ikke åpnet her. Ta kontakt med enheten på telefon eller e-post.',
    nn: 'Dette er ikkje opna her. Ta kontakt med eininga på telefon eller e-post.',
    en: 'This is not open here. Contact the unit by telephone or e-mail.',
  },
  OPENS_LATER: {
    nb: 'Dette åpner her på dagen som er satt. Ta kontakt med enheten på telefon eller e-post til da.',
    nn: 'Dette opnar her på dagen som er sett. Ta kontakt med eininga på telefon eller e-post til då.',
    en: 'This opens here on the day that is set. Until then, contact the unit by telephone or e-mail.',
  },
  STOPPED: {
    nb: 'Dette er stanset for nå. Ta kontakt med enheten på telefon eller e-post.',
    nn: 'Dette er stansa for no. Ta kontakt med eininga på telefon eller e-post.',
    en: 'This has been stopped for now. Contact the unit by telephone or e-mail.',
  },
} as const;

const keyOf = { CLOSED: 'NOT_OPEN', ANNOUNCED: 'OPENS_LATER', SUSPENDED: 'STOPPED' } as const;

/** What people read beside a feature: the municipality's own words, or what is always true of how it stands. */
export function noticeOf({ state, notice }: Pick<FeatureView, 'state' | 'notice'>): FeatureNotice | null {
  if (notice !== null) return { key: 'OWN', ...notice };
  return state === 'OPEN' ? null : { key: keyOf[state], ...standard[keyOf[state]] };
}
