import type { Finding, GuardLevel, Setting } from '../judgement.ts';
import { lexicons } from '../lexicon/all.ts';
import { Matcher, type Sign } from '../lexicon/matcher.ts';
import { Names } from '../names/find-names.ts';
import { tonguesOf } from '../text/language.ts';
import { wordsOf } from '../text/words.ts';
import { identityNumbersIn } from './identity-numbers.ts';
import { otherPeopleIn } from './other-people.ts';
import { Reading } from './reading.ts';
import { type TopicRule, topicRules } from './topic-rules.ts';

const matcher = new Matcher(lexicons);
const rulesByCue = Map.groupBy(topicRules, ({ cue }) => cue);

/** Every passage of a text that does not belong in a message, in the order of the text. */
export function findingsIn(text: string, setting: Setting): readonly Finding[] {
  const words = wordsOf(text);
  const names = new Names(words, setting);
  const signs = matcher.signsIn(words, tonguesOf(words), (at) => names.isName(at));
  const reading = new Reading(text, words, names, signs);
  return merged([...topicsIn(reading, setting.level), ...otherPeopleIn(reading), ...identityNumbersIn(text)]);
}

/** In the order of the text. What overlaps and is of one topic is one passage: several phrases may say one thing. */
function merged(findings: readonly Finding[]): readonly Finding[] {
  const last = new Map<string, Finding>();
  const kept: Finding[] = [];
  for (const finding of findings.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    const kind = `${finding.topic} ${finding.verdict}`;
    if ((last.get(kind)?.end ?? 0) >= finding.end) continue;
    last.set(kind, finding);
    kept.push(finding);
  }
  return kept;
}

function topicsIn(reading: Reading, level: GuardLevel): readonly Finding[] {
  const found: Finding[] = [];
  for (const sign of reading.signs())
    for (const rule of rulesByCue.get(sign.cue) ?? []) {
      const verdict = rule.verdict[level];
      if (verdict === undefined || !holds(rule, reading, sign)) continue;
      const { start } = reading.words[sign.from]!;
      const { end } = reading.words[sign.to]!;
      found.push({ topic: rule.topic, verdict, rule: rule.id, start, end });
    }
  return found;
}

const holds = ({ only, unless }: TopicRule, reading: Reading, sign: Sign): boolean =>
  only.every(({ cues, before, behind }) => reading.isNear(sign, cues, before, behind)) &&
  !unless.some(
    ({ cues, before, behind }) =>
      // A compound may say it of itself, as a "mobbekampanje" does.
      reading.begins(sign.from, cues) || reading.isNear(sign, cues, before, behind),
  );
