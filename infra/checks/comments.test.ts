import { describe, expect, test } from 'vitest';
import { readTracked, tracked } from './tree.ts';

const kitFiles = tracked('kit/src').filter((file) => file.endsWith('.ts') && !file.includes('.test.'));

/**
 * What runs and has no comment. A shape may rest on the names and comments of its fields, and a metric says what it is
 * in the help that operators read.
 */
function uncommented(text: string): string[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const name = /^export (?:async )?(?:abstract )?(?:function\*?|const|class) (\w+)/.exec(line)?.[1];
    if (name === undefined) return [];
    const isHelped =
      /^export const \w+ = new \w+\(\{$/.test(line) && /^\s+help: '/.test(lines[index + 2] ?? '');
    return isHelped || lines[index - 1]?.trimEnd().endsWith('*/') === true ? [] : [name];
  });
}

describe('what others build on', () => {
  test.each(kitFiles)('%s says of each export what it is for', (file) => {
    expect(uncommented(readTracked(file))).toEqual([]);
  });

  test('an export without a comment is found', () => {
    expect(
      uncommented('/** Says. */\nexport const one = 1;\nexport function two() {}\nexport interface Three {}'),
    ).toEqual(['two']);
  });
});
