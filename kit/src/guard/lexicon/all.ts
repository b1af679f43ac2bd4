import { bullyingEn } from './bullying.en.ts';
import { bullyingNb } from './bullying.nb.ts';
import { bullyingNn } from './bullying.nn.ts';
import { childWelfareEn } from './child-welfare.en.ts';
import { childWelfareNb } from './child-welfare.nb.ts';
import { childWelfareNn } from './child-welfare.nn.ts';
import { contextEn } from './context.en.ts';
import { contextNb } from './context.nb.ts';
import { contextNn } from './context.nn.ts';
import { decisionsEn } from './decisions.en.ts';
import { decisionsNb } from './decisions.nb.ts';
import { decisionsNn } from './decisions.nn.ts';
import { distressEn } from './distress.en.ts';
import { distressNb } from './distress.nb.ts';
import { distressNn } from './distress.nn.ts';
import { financesEn } from './finances.en.ts';
import { financesNb } from './finances.nb.ts';
import { financesNn } from './finances.nn.ts';
import { healthEn } from './health.en.ts';
import { healthNb } from './health.nb.ts';
import { healthNn } from './health.nn.ts';
import type { Lexicon } from './lexicon.ts';
import { peopleEn } from './people.en.ts';
import { peopleNb } from './people.nb.ts';
import { peopleNn } from './people.nn.ts';
import { religionEn } from './religion.en.ts';
import { religionNb } from './religion.nb.ts';
import { religionNn } from './religion.nn.ts';
import { staffEn } from './staff.en.ts';
import { staffNb } from './staff.nb.ts';
import { staffNn } from './staff.nn.ts';

/** One file for each topic and language; `people` and `context` say what the topics' words are about. */
export const lexicons: readonly Lexicon[] = [
  ...[bullyingNb, bullyingNn, bullyingEn],
  ...[distressNb, distressNn, distressEn],
  ...[healthNb, healthNn, healthEn],
  ...[religionNb, religionNn, religionEn],
  ...[financesNb, financesNn, financesEn],
  ...[childWelfareNb, childWelfareNn, childWelfareEn],
  ...[decisionsNb, decisionsNn, decisionsEn],
  ...[staffNb, staffNn, staffEn],
  ...[peopleNb, peopleNn, peopleEn],
  ...[contextNb, contextNn, contextEn],
];
