import { posix } from 'node:path';

export interface Import {
  readonly from: string;
  /** True for an import that is gone when the types are: nothing runs because of it. */
  readonly isType: boolean;
}

/** The text without its comments, so that what is written in them counts for nothing. */
export const withoutComments = (text: string): string =>
  text.replace(/\/\*[^]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1');

const onlyTypes = (clause: string): boolean => {
  const braces = /^\s*\{([^}]*)\}\s*$/.exec(clause)?.[1];
  if (braces === undefined) return false;
  const names = braces
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names.length > 0 && names.every((name) => name.startsWith('type '));
};

/** Everything that a file of TypeScript imports or exports on. */
export function importsOf(text: string): Import[] {
  const code = withoutComments(text);
  const found: Import[] = [];
  for (const [, , type, clause, from] of code.matchAll(
    /^\s*(import|export)\s+(type\s+)?((?:[\w*$]+\s*,?\s*)?(?:\*\s*as\s+\w+|\{[^}]*\}|\*)?)\s*from\s*['"]([^'"]+)['"]/gm,
  ))
    found.push({ from: from!, isType: type !== undefined || onlyTypes(clause!) });
  for (const [, from] of code.matchAll(/^\s*import\s*['"]([^'"]+)['"]/gm))
    found.push({ from: from!, isType: false });
  for (const [, from] of code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g))
    found.push({ from: from!, isType: false });
  return found;
}

/** Where a relative import leads, from the root; a package keeps its name. */
export const resolveImport = (file: string, from: string): string =>
  from.startsWith('.') ? posix.normalize(posix.join(posix.dirname(file), from)) : from;
