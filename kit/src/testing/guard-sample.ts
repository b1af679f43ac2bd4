import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Judgement, type Setting, type Topic, type Verdict, judge } from '../guard/index.ts';

/**
 * What a sentence is for. The guard was made with those of `development` in view. Of the first 537, written before there was a guard,
 * a hash of the id says which are held out. The `fresh` ones were written after the last change and never tuned for.
 */
export type Part = 'development' | 'held-out' | 'fresh';

/** One sentence of the sample, with what the guard should say of it. */
export interface Labelled {
  readonly id: string;
  readonly part: Part;
  readonly language: string;
  readonly setting: Setting;
  readonly verdict: Verdict;
  readonly topics: readonly Topic[];
  readonly text: string;
}

const languages = ['nb', 'nn', 'en'] as const;
const list = (cell: string): readonly string[] => cell.split(',').filter((one) => one !== '');

/** The sample as it is kept, one file for each language. */
export function guardSample(): readonly Labelled[] {
  return languages.flatMap((language) => {
    const file = new URL(`../guard/sample/${language}.tsv`, import.meta.url);
    const [, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
    return rows.map((row) => {
      const [id, part, level, verdict, topics, known, text] = row.split('\t') as [string, ...string[]];
      const setting = { level, knownNames: list(known!) } as Setting;
      return { id, part, language, setting, verdict, topics: list(topics!), text } as Labelled;
    });
  });
}

/** What a sentence is for follows from its id, so that nobody chooses which ones are held out. */
export function partOf(id: string): Part {
  if (id.includes('-tuned-')) return 'development';
  if (id.includes('-fresh-')) return 'fresh';
  return createHash('sha256').update(id).digest().readUInt8(0) % 2 === 1 ? 'held-out' : 'development';
}

/** How the guard does on some sentences. */
export interface Score {
  readonly sentences: number;
  /** Of what must be stopped, the share that is. */
  readonly recall: number;
  /** Of what is stopped, the share that must be. */
  readonly precision: number;
  /** Of ordinary messages, the share that is stopped or warned of. */
  readonly falseAlarms: number;
  /** Of what is stopped rightly and has its topics labelled, the share where one of these is among those found. */
  readonly topics: number;
  readonly wrong: readonly { readonly sentence: Labelled; readonly judgement: Judgement }[];
}

/** Judges some sentences and counts. */
export function scoreOf(sentences: readonly Labelled[]): Score {
  const judged = sentences.map((sentence) => ({
    sentence,
    judgement: judge(sentence.text, sentence.setting),
  }));
  const labelled = (verdict: Verdict) => judged.filter(({ sentence }) => sentence.verdict === verdict);
  const stopped = judged.filter(({ judgement }) => judgement.verdict === 'DIVERT');
  const rightly = stopped.filter(({ sentence }) => sentence.verdict === 'DIVERT');
  const alarms = labelled('OK').filter(({ judgement }) => judgement.verdict !== 'OK');
  const withTopics = rightly.filter(({ sentence }) => sentence.topics.length > 0);
  const onTopic = withTopics.filter(({ sentence, judgement }) =>
    judgement.findings.some(({ topic }) => sentence.topics.includes(topic)),
  );
  return {
    sentences: sentences.length,
    recall: rightly.length / labelled('DIVERT').length,
    precision: rightly.length / stopped.length,
    falseAlarms: alarms.length / labelled('OK').length,
    topics: onTopic.length / withTopics.length,
    wrong: judged.filter(({ sentence, judgement }) => sentence.verdict !== judgement.verdict),
  };
}
