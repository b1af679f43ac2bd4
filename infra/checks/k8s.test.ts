import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { partConfigs } from '../codegen/config-reference.ts';
import { defaultPortBase, root } from '../dev/paths.ts';
import { parts } from '../dev/parts.ts';
import { tracked } from './tree.ts';
import { variableFaults } from './variables.ts';

// A tool of the cluster's, which not every machine has; the base's own files are read without it in the other tests.
const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

interface Container {
  readonly name: string;
  readonly image: string;
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly envFrom?: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly resources: { readonly requests: object; readonly limits: { readonly memory: string } };
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly readinessProbe?: { readonly httpGet: { readonly path: string } };
  readonly livenessProbe?: { readonly httpGet: { readonly path: string } };
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: {
    readonly template?: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: {
        readonly containers: readonly Container[];
        readonly securityContext: Readonly<Record<string, unknown>>;
      };
    };
    readonly selector?: { readonly matchLabels?: object } & Readonly<Record<string, unknown>>;
    readonly podSelector?: object;
    readonly ports?: readonly { readonly port: number; readonly targetPort: string }[];
    readonly scaleTargetRef?: { readonly name: string };
    readonly replicas?: number;
  };
}

function render(overlay: string): readonly Manifest[] {
  const { stdout, stderr, status } = spawnSync('kubectl', ['kustomize', `infra/k8s/overlays/${overlay}`], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return parseAllDocuments(stdout).map((document) => document.toJS() as Manifest);
}

const running = parts.filter(({ kind }) => kind !== 'simulator');

describe('infra/k8s', () => {
  test('has a folder for each part, each with the same files', () => {
    for (const { name, offset } of running) {
      const files = tracked(`infra/k8s/base/${name}`).map((file) => file.slice(file.lastIndexOf('/') + 1));
      const all = [
        'deployment.yaml',
        'disruption.yaml',
        'kustomization.yaml',
        'migrate.yaml',
        'network.yaml',
      ];
      const wanted = [
        ...all,
        ...(offset === undefined ? [] : ['service.yaml']),
        ...(name === 'gateway' ? ['ingress.yaml'] : []),
      ];
      expect(files.toSorted(), name).toEqual(wanted.toSorted());
    }
  });
});

describe.runIf(hasKubectl).each(['small', 'ha'])('the overlay %s', (overlay) => {
  const manifests = hasKubectl ? render(overlay) : [];
  const find = (kind: string, name: string): Manifest | undefined =>
    manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  const pods = manifests.flatMap(({ kind, metadata, spec }) =>
    spec?.template === undefined ? [] : [{ kind, name: metadata.name, ...spec.template }],
  );

  test('is made of objects that have a version, a kind, a name and a namespace', () => {
    for (const { apiVersion, kind, metadata } of manifests) {
      expect(apiVersion).toMatch(/^([a-z0-9.]+\/)?v\d+$/);
      expect(metadata.name, kind).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
      expect(kind === 'Namespace' || metadata.namespace === 'ranselpost', `${kind} ${metadata.name}`).toBe(
        true,
      );
    }
    const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test('gives each part exactly the variables that it reads', async () => {
    for (const { part, shape } of await partConfigs()) {
      const container = find('Deployment', part)?.spec?.template?.spec.containers[0];
      const map = container?.envFrom?.[0]?.configMapRef.name ?? '';
      expect(variableFaults(shape, find('ConfigMap', map)?.data ?? {}), part).toEqual([]);
    }
  });

  test.each(running)(
    'runs $name with its ports, its probes and a migrate job',
    ({ name, offset, opsOffset }) => {
      const container = find('Deployment', name)?.spec?.template?.spec.containers[0];
      const ports = Object.fromEntries(
        container?.ports?.map((port) => [port.name, port.containerPort]) ?? [],
      );
      expect(ports['http']).toBe(offset === undefined ? undefined : defaultPortBase + offset);
      expect(ports['ops']).toBe(defaultPortBase + opsOffset!);
      expect(container?.readinessProbe?.httpGet.path).toBe('/readyz');
      expect(container?.livenessProbe?.httpGet.path).toBe('/livez');
      expect(find('Service', name)?.spec?.ports?.[0]?.port).toBe(ports['http']);
      const migrate = find('Job', `${name}-migrate`)?.spec?.template?.spec.containers[0];
      expect(migrate?.args).toEqual(['src/migrate']);
      expect(migrate?.env?.map((variable) => variable.name)).toEqual(['MIGRATION_DATABASE_URL_FILE']);
      expect(migrate?.image).toBe(container?.image);
      expect(find('PodDisruptionBudget', name)).toBeDefined();
    },
  );

  test('lets no container do more than it needs', () => {
    for (const { name, spec } of pods) {
      expect(spec.securityContext, name).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      for (const container of spec.containers) {
        expect(container.securityContext, name).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.resources.limits.memory, name).toBeDefined();
        expect(container.image, name).toMatch(/:\d+\.\d+\.\d+$/);
      }
    }
  });

  test('denies by default and opens something for every pod', () => {
    const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
    expect(find('NetworkPolicy', 'default-deny')?.spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
    const selected = new Set(policies.map(({ spec }) => JSON.stringify(spec?.podSelector)));
    for (const { name, metadata } of pods) {
      const component = metadata.labels['app.kubernetes.io/component'];
      expect(
        selected.has(JSON.stringify({ matchLabels: { 'app.kubernetes.io/component': component } })),
        name,
      ).toBe(true);
    }
  });

  test('selects the pods that it makes', () => {
    for (const { kind, metadata, spec } of manifests.filter(({ kind: one }) => one === 'Deployment'))
      expect(spec?.template?.metadata.labels, `${kind} ${metadata.name}`).toEqual(
        spec?.selector?.matchLabels,
      );
    for (const { spec } of manifests.filter(({ kind }) => kind === 'HorizontalPodAutoscaler')) {
      const scaled = find('Deployment', spec?.scaleTargetRef?.name ?? '');
      expect(scaled?.spec?.replicas, 'a fixed number would fight with the scaling').toBeUndefined();
    }
  });
});

test('the base is reached from both overlays', () => {
  expect(tracked('infra/k8s/overlays').filter((file) => file.endsWith('kustomization.yaml'))).toEqual(
    ['ha', 'small'].map((overlay) => join('infra/k8s/overlays', overlay, 'kustomization.yaml')),
  );
});
