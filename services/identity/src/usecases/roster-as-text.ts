import type { RosterRefusal } from '../domain/roster.ts';
import type { Dated, Named, RoleDifference, RosterDifference, UnitDifference } from './compare-roster.ts';

const most = 20;

const named = ({ key, id }: Named): string =>
  id === null ? `${key ?? '?'} (new)` : `${key ?? 'no key'} (${id})`;
const on = ({ on: day }: Dated): string => (day === null ? '' : ` on ${day}`);
const listed = (keys: readonly string[]): string => (keys.length === 0 ? 'no group' : keys.join(', '));
const changes = { APPEARS: 'appears', CHANGES: 'changes', CLOSES: 'closes' } as const;
const roleChanges = { BEGINS: 'begins', ENDS: 'ends', LASTS_LONGER: 'lasts longer' } as const;

/** The difference for people to read: no names, and of long lists the beginning. */
export function differenceAsText(difference: RosterDifference): string {
  const { source, type, day, digest, counts, endsTooMuch, passedOver, municipality, units } = difference;
  const { children, roles, persons, logins } = counts;
  return [
    `${type === 'full' ? 'Full roster' : 'Roster of changes'} of ${source}, compared on ${day}`,
    '',
    `units      ${tally(counts.units)}`,
    `groups     ${tally(counts.groups)}`,
    `persons    ${persons.new} new, ${persons.withoutNumber} of them without a national number`,
    `children   ${children.join} join, ${children.leave} leave, ${children.changeGroup} change group, ${children.stayLonger} stay longer`,
    `roles      ${roles.begin} begin, ${roles.end} end, ${roles.lastLonger} last longer`,
    `sign-ins   ${logins.begin} names begin, ${logins.end} end`,
    ...Object.entries(passedOver).map(([what, count]) => `no use for ${count} × ${what}`),
    ...(municipality.length === 0 ? [] : ['', 'in the whole municipality', ...cut(municipality, roleAsText)]),
    ...units.flatMap((unit) => ['', ...unitAsText(unit)]),
    '',
    ...(endsTooMuch === null
      ? []
      : [`${endsTooMuch.ending} of ${endsTooMuch.current} children would leave: needs --may-end-much`]),
    `To take in exactly this: --apply ${digest}`,
  ].join('\n');
}

const tally = ({ APPEARS, CHANGES, CLOSES }: RosterDifference['counts']['units']): string =>
  `${APPEARS} appear, ${CHANGES} change, ${CLOSES} close`;

const unitAsText = (unit: UnitDifference): readonly string[] => [
  `${unit.kind} ${named(unit)}${unit.change === null ? '' : ` ${changes[unit.change]}`}`,
  ...cut(unit.groups, (group) => {
    const moves = group.join + group.leave === 0 ? '' : `: ${group.join} join, ${group.leave} leave`;
    return `group ${named(group)}${group.change === null ? '' : ` ${changes[group.change]}`}${moves}`;
  }),
  ...cut(unit.joins, (child) => `joins ${named(child)}${on(child)}, in ${listed(child.groups)}`),
  ...cut(unit.leaves, (child) => `leaves ${named(child)}${on(child)}`),
  ...cut(
    unit.changesGroup,
    (child) =>
      `changes group ${named(child)}${on(child)}: out of ${listed(child.leaves)}, in ${listed(child.joins)}`,
  ),
  ...cut(
    unit.staysLonger,
    (child) => `stays longer ${named(child)}${child.on === null ? '' : `, until ${child.on}`}`,
  ),
  ...cut(unit.roles, roleAsText),
];

const roleAsText = (role: RoleDifference): string =>
  `role ${roleChanges[role.change]} ${named(role)} ${role.role}${role.group === null ? '' : ` in ${role.group}`}${on(role)}`;

function cut<One>(list: readonly One[], toText: (one: One) => string): readonly string[] {
  const lines = list.slice(0, most).map((one) => `  ${toText(one)}`);
  return list.length <= most ? lines : [...lines, `  … and ${list.length - most} more (--json tells all)`];
}

/** Every fault with its line, as compilers do. */
export function faultsAsText(refusal: RosterRefusal): string {
  if (refusal.kind !== 'faults') return `refused: ${refusal.kind}`;
  const { total, faults } = refusal;
  return [
    `refused: ${total} faults, nothing was taken in`,
    ...faults.map(
      ({ file, line, kind, what }) => `${file === null ? 'line ' : `${file}:`}${line}: ${kind}: ${what}`,
    ),
    ...(total > faults.length ? [`… and ${total - faults.length} more`] : []),
  ].join('\n');
}
