/** Start time, memory and throughput of the register simulators with a whole city: `node infra/simulators/measure.ts [children]`. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startTokenIssuer } from './common/testing.ts';
import { buildPopulation } from './population/index.ts';

const children = Number(process.argv[2] ?? 44_000);
const base = Number(process.env['RANSELPOST_PORT_BASE'] ?? 4000);
const directory = mkdtempSync(join(tmpdir(), 'measure-'));
const fiks = { integrationId: 'i', integrationPassword: 'p', roleId: 'r' };
writeFileSync(join(directory, 'clients.json'), JSON.stringify({ fiks }));
const issuer = await startTokenIssuer();

async function startPart(
  part: 'freg' | 'krr',
  port: number,
): Promise<{ child: ChildProcess; startMs: number }> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, part, 'main.ts')], {
    env: {
      PORT: String(port),
      HOST: '127.0.0.1',
      STATE_DIR: directory,
      CLIENTS_FILE: join(directory, 'clients.json'),
      MASKINPORTEN_ISSUER: issuer.issuer,
      POPULATION_CHILDREN: String(children),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface(child.stdout), 'line');
  return { child, startMs: Math.round(performance.now() - startedAt) };
}

function residentMb(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1000);
}

const population = buildPopulation({ children, seed: 1 });
const numbers = population.people.map((person) => person.number);

/** Everybody once, a thousand at a time, with so many requests under way. */
async function everybody(url: string, scope: string, body: (numbers: string[]) => unknown, atOnce: number) {
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${await issuer.sign(scope, { expires: 600 })}`,
    IntegrasjonId: fiks.integrationId,
    IntegrasjonPassord: fiks.integrationPassword,
  };
  const batches = Array.from({ length: Math.ceil(numbers.length / 1000) }, (_, n) =>
    numbers.slice(n * 1000, (n + 1) * 1000),
  );
  const times: number[] = [];
  const startedAt = performance.now();
  const work = async (): Promise<void> => {
    for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
      const asked = performance.now();
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body(batch)) });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const seconds = (performance.now() - startedAt) / 1000;
  times.sort((a, b) => a - b);
  return {
    peoplePerSecond: Math.round(numbers.length / seconds),
    seconds: Number(seconds.toFixed(1)),
    batchP50Ms: Math.round(times[Math.floor(times.length / 2)] ?? 0),
    batchP99Ms: Math.round(times[Math.floor(times.length * 0.99)] ?? 0),
  };
}

const freg = await startPart('freg', base + 23);
const krr = await startPart('krr', base + 24);
const parts = [
  'identifikasjonsnummer',
  'navn',
  'foedsel',
  'status',
  'doedsfall',
  'adressebeskyttelse',
  'foreldreansvar',
];
const query = [...parts, 'vergemaalEllerFremtidsfullmakt', 'RettsligHandleevne']
  .map((part) => `part=${part}`)
  .join('&');
const fregUrl = `http://127.0.0.1:${base + 23}/folkeregister/api/v1/r/v1/personer/bulkoppslag?${query}`;
const toFreg = (some: string[]) => ({ foedselsEllerDNummer: some });
await everybody(fregUrl, 'ks:fiks', toFreg, 4);
const fregBulk = await everybody(fregUrl, 'ks:fiks', toFreg, 4);
const toKrr = (some: string[]) => ({ personidentifikatorer: some });
const krrUrl = `http://127.0.0.1:${base + 24}/rest/v2/personer`;
const krrBulk = await everybody(krrUrl, 'krr:global/kontaktinformasjon.read', toKrr, 4);
console.log(
  JSON.stringify(
    {
      children,
      people: numbers.length,
      freg: { startMs: freg.startMs, residentMb: residentMb(freg.child), ...fregBulk },
      krr: { startMs: krr.startMs, residentMb: residentMb(krr.child), ...krrBulk },
    },
    null,
    2,
  ),
);
for (const { child } of [freg, krr]) child.kill('SIGTERM');
issuer.stop();
rmSync(directory, { recursive: true });
