import { say } from '../dev/say.ts';
import { type Package, drawnInBy, packages, workspaces } from './lock.ts';

/** Licences in use that the Open Source Initiative has approved. One that is not here is looked at before it is added. */
const approved = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'LGPL-3.0-or-later',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

export interface Exception {
  readonly licence: string;
  readonly packages: RegExp;
  readonly reason: string;
  /** By which direct dependency of which workspace it may be drawn into what runs; tools draw in what they like. */
  readonly runsThrough: readonly string[];
}

export const exceptions: readonly Exception[] = [
  {
    licence: 'Elastic-2.0',
    packages: /^@apollo\/(gateway|composition|federation-internals|query-graphs|query-planner)$/,
    reason: "chosen by the product's owner; kept behind gateway/src/execution and kit/src/subgraph.ts",
    runsThrough: ['gateway: @apollo/gateway', 'kit: @apollo/subgraph'],
  },
  {
    licence: 'CC-BY-4.0',
    packages: /^caniuse-lite$/,
    reason: 'data about browsers, used by a tool and not shipped',
    runsThrough: [],
  },
  {
    licence: 'unknown',
    packages: /^png-js$/,
    reason: 'MIT by the file LICENSE in it; its package.json does not say so',
    runsThrough: ['services/notification: pdfkit'],
  },
];

/** True for an SPDX expression of which every part, or one of the parts to choose from, is approved. */
export function isApproved(licence: string): boolean {
  return licence
    .replace(/[()]/g, '')
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((part) => approved.has(part.trim())));
}

/** The direct dependencies through which a package gets into what runs, as `workspace: dependency`. */
export const waysIn = (name: string): string[] =>
  workspaces.flatMap(({ name: workspace, needs }) =>
    needs.filter((need) => drawnInBy([need]).has(name)).map((need) => `${workspace}: ${need}`),
  );

/** What of the installed packages may not be there, or not in that place. */
export function licenceFaults(): string[] {
  return packages.flatMap(({ name, version, licence }) => {
    if (isApproved(licence)) return [];
    const exception = exceptions.find((one) => one.licence === licence && one.packages.test(name));
    if (exception === undefined)
      return [`${name} ${version}: ${licence} is not approved by the Open Source Initiative`];
    return waysIn(name)
      .filter((way) => !exception.runsThrough.includes(way))
      .map((way) => `${name} ${version}: ${licence}, drawn into what runs by ${way}`);
  });
}

/** Prints the licence of everything that is installed, and fails on what may not be there. */
export function licences(): Promise<number> {
  const byLicence = Map.groupBy(packages, ({ licence }: Package) => licence);
  for (const [licence, all] of [...byLicence].toSorted(([, one], [, other]) => other.length - one.length)) {
    const names = [...new Set(all.map(({ name, version }) => `${name} ${version}`))].toSorted();
    const exception = exceptions.find((one) => one.licence === licence);
    say(
      `${licence} (${names.length})${exception === undefined ? '' : `: an exception, ${exception.reason}`}`,
    );
    for (const name of names) say(`  ${name}`);
  }
  const faults = licenceFaults();
  for (const fault of faults) say(`FAULT ${fault}`);
  return Promise.resolve(faults.length === 0 ? 0 : 1);
}
