import { parts } from '@ranselpost/infra/dev/parts';
import { runNode } from '@ranselpost/infra/dev/run-node';
import type { Stack } from '@ranselpost/infra/dev/stack';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file that the town was filled from, as the school's own system wrote it. */
export const originalRoster = ({ dataDir }: Stack): string =>
  readFileSync(join(dataDir, 'roster.xml'), 'utf8');

/** Takes a roster in by the command that operators use. */
export async function importRoster(stack: Stack, xml: string): Promise<void> {
  const file = join(stack.dataDir, 'roster-changed.xml');
  writeFileSync(file, xml);
  const environment = parts.find(({ name }) => name === 'identity')!.environment(stack.where);
  await runNode(
    'Importing a roster',
    ['services/identity/src/import-roster.ts', file],
    { ...environment, PORT: '0', OPS_PORT: '0' },
    join(stack.dataDir, 'logs', 'roster-changed.log'),
  );
}

/** The same file without the places that somebody has. */
export const withoutPlacesOf = (xml: string, sourceId: string): string =>
  xml.replaceAll(
    new RegExp(`<member><sourcedid><source>[^<]*</source><id>${sourceId}</id></sourcedid>.*?</member>`, 'g'),
    '',
  );

/** The same file with one more pupil at a unit, since a day. */
export function withPupil(
  xml: string,
  { sourceId, number, unit, from }: Readonly<Record<'sourceId' | 'number' | 'unit' | 'from', string>>,
): string {
  const source = /<datasource>([^<]*)</.exec(xml)![1]!;
  const sourced = (id: string): string => `<sourcedid><source>${source}</source><id>${id}</id></sourcedid>`;
  const place = `<membership>${sourced(unit)}`;
  return xml
    .replace(
      /<\/properties>\n/,
      `$&<person>${sourced(sourceId)}<userid useridtype="personNIN">${number}</userid><name><fn>SEN ELEV</fn>` +
        `<n><family>ELEV</family><given>SEN</given></n></name></person>\n`,
    )
    .replace(
      place,
      `${place}<member>${sourced(sourceId)}<idtype>1</idtype><role roletype="01"><status>1</status>` +
        `<timeframe><begin restrict="1">${from}</begin></timeframe></role></member>`,
    );
}
