import type { Secrets } from './secrets.ts';

/** What a part is told about where it runs. */
export type Surroundings = {
  readonly dataDir: string;
  readonly secrets: Secrets;
  readonly children: number;
  readonly seed: number;
  /** How other parts reach one: by number, as "localhost" costs a look-up each time. */
  readonly address: (part: string, path?: string) => string;
  /** How a browser reaches it, and so the name in tokens and redirects. */
  readonly publicAddress: (part: string, path?: string) => string;
  readonly opsAddress: (part: string, path?: string) => string;
  readonly databaseUrl: (service: string, role: string) => string;
  readonly natsUrl: (user: string) => string;
  /** Where the portal is when it has been built. */
  readonly portalFolder: string;
};

export type PartKind = 'simulator' | 'service' | 'gateway';

export type Part = {
  readonly name: string;
  readonly kind: PartKind;
  /** Base plus this is the port that answers requests; a worker has none. */
  readonly offset?: number;
  /** Base plus this is the port for readiness and metrics; a simulator has none and answers both on the other. */
  readonly opsOffset?: number;
  /** Base plus this is a port beside, for a protocol that is not HTTP. */
  readonly besideOffset?: number;
  /** The file that is run, from the root of the repository. */
  readonly main: string;
  readonly environment: (where: Surroundings) => Readonly<Record<string, string>>;
  /** What must be ready before: parts by name, `postgres` and `nats`. */
  readonly after: readonly string[];
  /** What has to be made of our own sources before it is started. */
  readonly build?: { readonly what: string; readonly run: () => Promise<void> };
  /** Brings the part's database up to date before it is started. */
  readonly migration?: {
    readonly main: string;
    readonly environment: (where: Surroundings) => Readonly<Record<string, string>>;
  };
};

export const opsDistance = 60;

export function portsOf(part: Part, base: number): readonly number[] {
  return [part.offset, part.opsOffset, part.besideOffset]
    .filter((offset) => offset !== undefined)
    .map((offset) => base + offset);
}
