import { type Setting, judge } from '@ranselpost/kit/guard';
import { type Part, guardSample, scoreOf } from '@ranselpost/kit/testing/guard-sample';
import { median, report, rounded } from './figures.ts';

const sample = guardSample();
const setting: Setting = { level: 'SCHOOL', knownNames: ['Line', 'Per', 'Svein'] };

/** One plain pass over a text: what anything that looks at words costs at least, here and now. */
const floor = (text: string): number => text.normalize('NFKC').toLowerCase().split(/\s+/).length;

/** Texts of some length, put together from the sample's ordinary sentences. */
const ordinary = sample.filter(({ verdict }) => verdict === 'OK').map(({ text }) => text);
function textOf(length: number): string {
  let text = '';
  for (let at = 0; text.length < length; at += 1) text += `${ordinary[at % ordinary.length]} `;
  return text.slice(0, length);
}

const kilobytes = (text: string): number => Buffer.byteLength(text) / 1000;

/** Microseconds for a kilobyte: the median of rounds that take long enough to be timed. */
function microseconds(work: (text: string) => unknown, text: string): number {
  const times = Math.max(1, Math.ceil(200_000 / text.length));
  const rounds = Array.from({ length: 15 }, () => {
    const begun = performance.now();
    for (let time = 0; time < times; time += 1) work(text);
    return ((performance.now() - begun) * 1000) / (times * kilobytes(text));
  });
  return median(rounds.slice(5));
}

const shares = (part: Part): Record<string, number> => {
  const { sentences, recall, precision, falseAlarms, topics } = scoreOf(
    sample.filter((one) => one.part === part),
  );
  const name = part.replace('-', '_');
  return {
    [`${name}_sentences`]: sentences,
    [`${name}_recall`]: rounded(recall, 3),
    [`${name}_precision`]: rounded(precision, 3),
    [`${name}_false_alarms`]: rounded(falseAlarms, 3),
    [`${name}_topic_found`]: rounded(topics, 3),
  };
};

const speed = (name: string, text: string): Record<string, number> => {
  const guard = microseconds((one) => judge(one, setting), text);
  const plain = microseconds(floor, text);
  return {
    [`${name}_us_per_kb`]: rounded(guard),
    [`${name}_floor_us_per_kb`]: rounded(plain),
    [`${name}_ratio`]: rounded(guard / plain),
  };
};

report('guard', {
  ...shares('held-out'),
  ...shares('fresh'),
  ...speed('message', textOf(1_000)),
  ...speed('megabyte', textOf(1_000_000)),
});
