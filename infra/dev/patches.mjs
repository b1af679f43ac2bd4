// Applies the unified diffs of patches/ to node_modules, with nothing but Node: install scripts are off, and git may be
// missing. Old syntax, because the bootstrap runs it on whichever Node the machine has.
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a unified diff, each with its hunks as the lines before and after. */
export function parsePatch(text) {
  const files = [];
  let hunk;
  let missing = { before: 0, after: 0 };
  for (const line of text.split('\n')) {
    if (hunk && (missing.before > 0 || missing.after > 0)) {
      const mark = line[0];
      if (mark === '\\') continue;
      if (mark !== '+') {
        hunk.before.push(line.slice(1));
        missing.before -= 1;
      }
      if (mark !== '-') {
        hunk.after.push(line.slice(1));
        missing.after -= 1;
      }
      continue;
    }
    const target = /^\+\+\+ (?:b\/)?(.+?)(?:\t.*)?$/.exec(line);
    if (target) files.push({ path: target[1], hunks: [] });
    const head = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (!head) continue;
    hunk = { beforeLine: Number(head[1]), afterLine: Number(head[3]), before: [], after: [] };
    missing = { before: Number(head[2] || 1), after: Number(head[4] || 1) };
    files[files.length - 1].hunks.push(hunk);
  }
  return files;
}

function stands(lines, block, at) {
  return block.every((line, index) => lines[at - 1 + index] === line);
}

/** The patched text; undefined when it is patched already. Throws when it is neither. */
export function applyToText(text, hunks) {
  const lines = text.split('\n');
  if (hunks.every((hunk) => stands(lines, hunk.after, hunk.afterLine))) return undefined;
  // From the end, so that the line numbers of the earlier hunks stay true.
  for (const hunk of hunks.slice().reverse()) {
    if (!stands(lines, hunk.before, hunk.beforeLine))
      throw new Error(`line ${hunk.beforeLine} is not as expected`);
    lines.splice(hunk.beforeLine - 1, hunk.before.length, ...hunk.after);
  }
  return lines.join('\n');
}

/** Applies every patch that is not applied yet; answers the names of those it applied. */
export function applyPatches(root) {
  const folder = join(root, 'patches');
  const applied = [];
  for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
    if (!name.endsWith('.patch')) continue;
    let changed = false;
    for (const file of parsePatch(readFileSync(join(folder, name), 'utf8'))) {
      const path = join(root, file.path);
      let patched;
      try {
        patched = applyToText(readFileSync(path, 'utf8'), file.hunks);
      } catch (error) {
        throw new Error(
          `patches/${name} does not fit ${file.path} (${error.message}): remove node_modules and start again.`,
        );
      }
      if (patched === undefined) continue;
      // A new file in its place, so that a copy which is linked from elsewhere stays as it was.
      writeFileSync(`${path}.patched`, patched);
      renameSync(`${path}.patched`, path);
      changed = true;
    }
    if (changed) applied.push(name);
  }
  return applied;
}
