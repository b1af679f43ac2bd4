import { type AccessHelp, accessHelp as textOf } from '../domain/access-help.ts';
import type { TextLanguage } from '../domain/information-letters.ts';
import { lawProfile } from '../domain/law-profile.ts';
import { type Deps, today } from './deps.ts';

/** What everybody reads who sees no child. Nobody's rights are looked up for it: it is the same for all (GUA-20). */
export const accessHelp = (deps: Pick<Deps, 'now'>, language: TextLanguage): AccessHelp =>
  textOf(language, lawProfile(today(deps)));
