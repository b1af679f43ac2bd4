import { goldenApplicants, goldenFamilies, goldenStaff } from '../simulators/population/index.ts';
import type { Say } from './say.ts';
import type { Stack } from './stack.ts';

type Row = readonly [name: string, value: string, note: string];

const table = (rows: readonly Row[]): string =>
  rows.map(([name, value, note]) => `  ${name.padEnd(34)} ${value.padEnd(34)} ${note}`.trimEnd()).join('\n');

const what: Readonly<Record<string, string>> = {
  gateway: 'the one door',
  identity: 'subgraph: who is who, and who may see whom',
  messaging: 'subgraph: messages',
  sink: 'mail, text messages and push, simulated: read what was sent',
  attendance: 'subgraph: absence',
  placement: 'subgraph: admission',
  idporten: 'ID-porten, simulated: guardians log in here',
  staff: 'staff login, simulated',
  maskinporten: 'Maskinporten, simulated',
  freg: 'Folkeregisteret over Fiks, simulated',
  krr: 'contact register, simulated',
  units: 'registers of units, simulated',
};

/** The stack's addresses and who one can be, after a start. */
export async function welcome(stack: Stack, tell: Say): Promise<void> {
  const { F1, F2 } = goldenFamilies;
  const addresses = Object.entries(stack.urls).map(([name, url]): Row => [name, url, what[name] ?? '']);
  const ops = Object.entries(stack.opsUrls).map(([name, url]): Row => [
    `${name}: health and metrics`,
    url,
    '',
  ]);
  const person = (who: string, { given, family, number }: typeof F1.mother): Row => [
    who,
    `${given} ${family}`,
    number,
  ];
  tell(`\nAddresses\n${table([...addresses, ...ops])}`);
  tell(
    `\nPeople to log in as (all invented)\n${table([
      person('guardian of two, joint', F1.mother),
      person('the other guardian', F1.father),
      person('guardian alone', F2.mother),
      person('father without responsibility', F2.father),
      person('mother of a child without a place', goldenApplicants.first.mother),
      person('contact teacher (staff login)', goldenStaff.contactTeacher),
    ])}`,
  );
  tell(`\nLogs and data are in ${stack.dataDir}.`);
}
