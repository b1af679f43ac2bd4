import { type Shape, isRequired } from '../codegen/config-reference.ts';

/** What is wrong with the variables that a deployment gives a part, by the part's own schema. */
export function variableFaults(shape: Shape, given: Readonly<Record<string, string>>): string[] {
  const names = Object.keys(given);
  const meant = new Set(names.map((name) => (name in shape ? name : name.replace(/_FILE$/, ''))));
  const twice = names.filter((name) => name in shape && `${name}_FILE` in given);
  const wrong = names.filter((name) => name in shape && !shape[name]!.safeParse(given[name]).success);
  return [
    ...[...meant].filter((name) => !(name in shape)).map((name) => `${name}: nobody reads it`),
    ...Object.entries(shape)
      .filter(([name, schema]) => isRequired(schema) && !meant.has(name))
      .map(([name]) => `${name}: is not given`),
    ...twice.map((name) => `${name}: given twice`),
    ...wrong.map((name) => `${name}: does not hold`),
  ];
}
