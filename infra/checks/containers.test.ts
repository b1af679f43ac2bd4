import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { migrationShape, partConfigs } from '../codegen/config-reference.ts';
import { makeSecrets } from '../containers/make-secrets.ts';
import { prepareConfig } from '../containers/prepare-databases.ts';
import { containerSurroundings, isSecret } from '../containers/surroundings.ts';
import { defaultPortBase, root } from '../dev/paths.ts';
import { parts } from '../dev/parts.ts';
import { Secrets } from '../dev/secrets.ts';
import { composeFile, networksOf } from './compose-file.ts';
import { workspaces } from './lock.ts';
import { readTracked, tracked } from './tree.ts';
import { variableFaults } from './variables.ts';

// The plugin of an engine, which not every machine has.
const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0;

const scratch = mkdtempSync(join(tmpdir(), 'secrets-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const configs = await partConfigs();
const services = Object.entries(composeFile.services);
const ours = services.filter(([, { image }]) => image.startsWith('ranselpost/'));

describe('docker-compose.yml', () => {
  test.runIf(hasCompose)('is read by docker compose itself', () => {
    const { status, stderr } = spawnSync('docker', ['compose', 'config', '--quiet'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
  });

  test('has every part of the system, and a migrate job for each with a database', () => {
    const wanted = parts.flatMap(({ name, migration }) =>
      migration === undefined ? [name] : [name, `${name}-migrate`],
    );
    expect(wanted.filter((name) => composeFile.services[name] === undefined)).toEqual([]);
  });

  test.each(configs)('gives $part exactly the variables that it reads', ({ part, shape }) => {
    expect(variableFaults(shape, composeFile.services[part]?.environment ?? {})).toEqual([]);
  });

  test.each(parts.filter(({ migration }) => migration !== undefined))(
    'lets $name migrate as the owner of its tables',
    ({ name }) => {
      expect(
        variableFaults(migrationShape, composeFile.services[`${name}-migrate`]?.environment ?? {}),
      ).toEqual([]);
    },
  );

  test('gives the job that makes roles what it reads', () => {
    expect(variableFaults(prepareConfig.shape, composeFile.services['databases']?.environment ?? {})).toEqual(
      [],
    );
  });

  test.each(parts)(
    'starts $name with the ports and addresses of npm start',
    ({ name, environment, offset, opsOffset }) => {
      const given = composeFile.services[name]?.environment ?? {};
      expect(given['PORT']).toBe(offset === undefined ? undefined : String(defaultPortBase + offset));
      expect(given['OPS_PORT']).toBe(
        opsOffset === undefined ? undefined : String(defaultPortBase + opsOffset),
      );
      const wanted = environment(containerSurroundings(new Secrets(scratch)));
      const differ = Object.entries(given).filter(
        ([variable, value]) =>
          variable in wanted &&
          !variable.endsWith('_FILE') &&
          !isSecret(variable) &&
          wanted[variable] !== value,
      );
      // How often and how openly is a matter of taste there; where things are and who is meant is not.
      expect(
        differ.filter(
          ([variable]) => !/^(STATE_DIR|.*_INTERVAL_MS|ACCESS_MAX_STALENESS|OPERATIONS)$/.test(variable),
        ),
      ).toEqual([]);
    },
  );

  test.each(parts.filter(({ kind }) => kind === 'simulator'))(
    'gives the simulator $name what npm start gives it',
    ({ name, environment }) => {
      const wanted = Object.keys(environment(containerSurroundings(new Secrets(scratch))));
      const given = Object.keys(composeFile.services[name]?.environment ?? {}).filter(
        (variable) => variable !== 'PORT',
      );
      expect(given.toSorted()).toEqual(wanted.toSorted());
    },
  );

  test('builds each image from the one Dockerfile, for a folder that is there, and starts a file that is there', () => {
    for (const [name, { build, command = ['src/main'] }] of ours) {
      expect(build?.dockerfile, name).toBe('infra/containers/Dockerfile');
      const { SERVICE, FOLDER = `services/${SERVICE}` } = build?.args ?? {};
      expect(tracked(`${FOLDER}/${command[0]}.ts`), `${name}: ${FOLDER}/${command[0]}.ts`).toHaveLength(1);
    }
  });

  test('waits for parts that are there, and for what they can say', () => {
    for (const [name, { depends_on: after = {} }] of services) {
      for (const [other, { condition }] of Object.entries(after)) {
        const there = composeFile.services[other];
        expect(there, `${name} waits for ${other}`).toBeDefined();
        const isJob = there?.healthcheck?.disable === true;
        expect(condition, `${name} waits for ${other}`).toBe(
          isJob ? 'service_completed_successfully' : 'service_healthy',
        );
      }
    }
  });

  test('declares the secrets, networks and volumes that it uses, and uses those that it declares', () => {
    const used = (of: (name: string) => readonly string[]) =>
      [...new Set(services.flatMap(([name]) => of(name)))].toSorted();
    const at = (name: string) => composeFile.services[name]!;
    expect(used((name) => at(name).secrets ?? [])).toEqual(Object.keys(composeFile.secrets).toSorted());
    expect(used((name) => networksOf(at(name)))).toEqual(Object.keys(composeFile.networks).toSorted());
    expect(used((name) => (at(name).volumes ?? []).map((volume) => volume.split(':')[0]!))).toEqual(
      Object.keys(composeFile.volumes).toSorted(),
    );
  });

  test('gives each part the secrets that its variables point to, and no others', () => {
    for (const [name, { environment = {}, secrets = [] }] of ours) {
      const files = Object.values(environment).filter((value) => value.startsWith('/run/secrets/'));
      expect(files.map((file) => file.slice('/run/secrets/'.length)).toSorted(), name).toEqual(
        [...secrets].toSorted(),
      );
      for (const [variable, value] of Object.entries(environment))
        expect(isSecret(variable) && !value.startsWith('/run/secrets/'), `${name} ${variable}`).toBe(false);
    }
  });

  test('reads secrets that make-secrets makes', () => {
    expect(makeSecrets(join(scratch, 'made')).toSorted()).toEqual(
      Object.keys(composeFile.secrets).toSorted(),
    );
    const folder = join(scratch, 'made', 'files');
    expect(
      readdirSync(folder)
        .map((file) => readFileSync(join(folder, file), 'utf8'))
        .filter((text) => text === ''),
    ).toEqual([]);
  });

  test('keeps databases, the bus and the graph out of reach of a browser, and every container small', () => {
    const open = Object.entries(composeFile.networks).filter(([, network]) => network?.internal !== true);
    expect(open.map(([name]) => name)).toEqual(['front']);
    for (const [name, service] of services) {
      expect(service.read_only, name).toBe(true);
      expect(service.cap_drop, name).toEqual(['ALL']);
      expect(service.privileged, name).toBeUndefined();
      expect(service.image, name).toMatch(/:(\$\{RANSELPOST_VERSION:-dev\}|\d+\.\d+[\w.-]*)$/);
      for (const port of service.ports ?? []) expect(port, name).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
    }
  });
});

describe('the Dockerfile', () => {
  const lines = readTracked('infra/containers/Dockerfile')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const all = (word: string): readonly string[] => lines.filter((line) => line.startsWith(`${word} `));

  test('knows every workspace, or npm could not install from the lock file', () => {
    const copied = all('COPY').flatMap((line) => /^COPY (\S+)\/package\.json/.exec(line)?.[1] ?? []);
    const wanted = workspaces.map(({ folder }) => folder).filter((folder) => folder !== '');
    expect(copied.toSorted()).toEqual(wanted.toSorted());
  });

  test('starts from bases of a stated version, of the Node that the workspace pins', () => {
    const bases = all('ARG').flatMap((line) => /^ARG \w+_BASE=(\S+)$/.exec(line)?.[1] ?? []);
    expect(bases).toHaveLength(2);
    for (const base of bases) expect(base).toMatch(/:(?!latest)[\w.-]+$/);
    expect(all('FROM').every((line) => /^FROM (\$\{\w+_BASE\}|manifests)( AS \w+)?$/.test(line))).toBe(true);
    expect(bases.map((base) => /node(?:js)?:?(\d+)/.exec(base)?.[1])).toEqual(['24', '24']);
  });

  test('runs as nobody, fetches nothing by itself, installs without scripts and without tools', () => {
    expect(all('ADD')).toEqual([]);
    expect(all('USER')).toEqual(['USER 65532:65532']);
    expect(lines.findIndex((line) => line.startsWith('USER '))).toBeLessThan(
      lines.findIndex((line) => line.startsWith('ENTRYPOINT')),
    );
    const installs = all('RUN').filter((line) => line.includes('npm '));
    expect(installs).toHaveLength(2);
    for (const install of installs) expect(install).toMatch(/npm ci (--omit=dev )?--ignore-scripts/);
    // What has the tools gives away what was built, and nothing else.
    expect(all('COPY').filter((line) => line.includes('--from=portal'))).toEqual([
      'COPY --from=portal /app/portal/dist portal/dist',
    ]);
    expect(lines.join('\n')).not.toMatch(/\b(curl|wget|apt-get|sudo)\b/);
    expect(all('ENV').join(' ')).not.toMatch(/PASSWORD|SECRET|KEY|TOKEN/);
  });

  test('says how a container tells that it is healthy, in exec form as there is no shell', () => {
    expect(all('HEALTHCHECK')).toHaveLength(1);
    for (const word of ['ENTRYPOINT', 'CMD']) expect(all(word)[0]).toMatch(/^\w+ \[/);
  });

  test('copies only what is there and not kept out', () => {
    const kept = readTracked('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    for (const line of all('COPY').filter((one) => !one.includes('--from') && !one.includes('${FOLDER}'))) {
      for (const source of line.split(/\s+/).slice(1, -1)) {
        expect(tracked(source).length, source).toBeGreaterThan(0);
        expect(
          kept.some((folder) => source === folder || source.startsWith(`${folder}/`)),
          source,
        ).toBe(true);
      }
    }
  });
});

describe('the check of variables itself', () => {
  const shape = {
    PORT: z.coerce.number(),
    DATABASE_URL: z.string(),
    LOG_LEVEL: z.enum(['info']).default('info'),
  };
  test.each([
    [{ PORT: '1', DATABASE_URL_FILE: '/x' }, 0],
    [{ PORT: '1' }, 1],
    [{ PORT: 'x', DATABASE_URL: 'y' }, 1],
    [{ PORT: '1', DATABASE_URL: 'y', DATABASE_URL_FILE: '/x' }, 1],
    [{ PORT: '1', DATABASE_URL: 'y', PROT: '2' }, 1],
  ])('finds in %j %i faults', (given, count) => {
    expect(variableFaults(shape, given as Record<string, string>)).toHaveLength(count);
  });
});
