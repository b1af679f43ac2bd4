import type { RosterGroupKind } from '../../domain/roster.ts';
import type { PostKind } from '../../domain/staff-roles.ts';

/** Kinds of groups, by the level and then the word of the standard, which say the same thing. */
const organisations: Readonly<Record<string, readonly [string, RosterGroupKind]>> = {
  '1': ['skoleeier', 'OWNER'],
  '2': ['skole', 'SCHOOL'],
};

/**
 * Those that open children to their teachers, and those that do not: years, subjects, programmes, councils and exams
 * are nobody's daily charge, and a group for special language teaching says too much about who is in it (ADR-05).
 */
const groups: Readonly<Record<string, readonly [string, RosterGroupKind]>> = {
  '1': ['basisgruppe', 'BASIS'],
  '2': ['undervisningsgruppe', 'TEACHING'],
  '3': ['kontaktlærergruppe', 'CONTACT'],
  '4': ['trinn', 'OTHER'],
  '5': ['utdanningsprogram', 'OTHER'],
  '6': ['programområde', 'OTHER'],
  '7': ['fag', 'OTHER'],
  '8': ['foresattegruppe', 'OTHER'],
  '9': ['språkopplæring', 'OTHER'],
  '10': ['sammensattgruppe', 'TEACHING'],
  '11': ['elevråd', 'OTHER'],
  '12': ['fau', 'OTHER'],
  '13': ['skoleutvalg', 'OTHER'],
  '14': ['skolemiljøutvalg', 'OTHER'],
  '15': ['sfo', 'AFTER_SCHOOL'],
  '16': ['eksamensgruppe', 'OTHER'],
};

const schemes = { 'pifu-ims-go-org': organisations, 'pifu-ims-go-grp': groups } as const;

export type GroupWord =
  | { readonly kind: 'known'; readonly is: RosterGroupKind }
  /** The level says one thing and the word another. */
  | { readonly kind: 'contradictory' }
  /** Of a later version, or nobody's word. */
  | { readonly kind: 'unknown' };

export function groupWord(scheme: string, level: string, word: string): GroupWord {
  const kinds = schemes[scheme as keyof typeof schemes];
  const found = kinds?.[level];
  if (found === undefined) return { kind: 'unknown' };
  const meant = Object.values(kinds).find(([name]) => name === word);
  if (meant !== undefined && meant !== found) return { kind: 'contradictory' };
  return { kind: 'known', is: found[1] };
}

/** The standard has one kind for all units, and says by its school type which it is. */
export const schoolTypes: Readonly<Record<string, RosterGroupKind>> = {
  barneskole: 'SCHOOL',
  ungdomsskole: 'SCHOOL',
  barneOgUngdomsskole: 'SCHOOL',
  videregående: 'SCHOOL',
  barnehage: 'KINDERGARTEN',
  sfo: 'AFTER_SCHOOL',
};

/**
 * What each role type is, and by which of its subroles. A subrole that is not here takes the post away: whoever is there
 * to learn, to run the computers or for a reason we do not know has no child in charge (security § 2).
 */
const posts: Readonly<Record<string, { readonly post: PostKind; readonly subroles: readonly string[] }>> = {
  '02': { post: 'TEACHER', subroles: ['faglærer', 'vikar'] },
  '05': { post: 'MANAGEMENT', subroles: ['rektor', 'inspektør'] },
  '06': { post: 'CONTACT_TEACHER', subroles: [] },
  '07': { post: 'OFFICE', subroles: [] },
  '08': { post: 'ASSISTANT', subroles: [] },
};

export function postOf(roleType: string, subrole: string): PostKind {
  if (roleType === '01') return 'PUPIL';
  const found = posts[roleType];
  return found !== undefined && (subrole === '' || found.subroles.includes(subrole)) ? found.post : 'OTHER';
}

/** What stands in the extension of each element by the standard; anything else is somebody's own. */
export const extensions: Readonly<Record<'person' | 'group' | 'role', ReadonlySet<string>>> = {
  person: new Set([
    ...['pifu_email', 'pifu_url', 'pifu_tel', 'pifu_adr', 'pifu_status', 'pifu_preferredLanguage'],
    ...['pifu_nativeTongue', 'pifu_hasContactPerson'],
  ]),
  group: new Set([
    ...['pifu_id', 'pifu_name', 'pifu_email', 'pifu_url', 'pifu_tel', 'pifu_adr', 'pifu_schoolType'],
  ]),
  role: new Set(['pifu_primaryRelation', 'pifu_absence']),
};

export const userIdTypes: ReadonlySet<string> = new Set([
  ...['personNIN', 'personNINencrypted', 'personLIN', 'personFIN', 'studentID', 'workforceID', 'username'],
  ...['sisID', 'feideID', 'dufNumber', 'dNumber', 'microsoftUPN'],
]);
