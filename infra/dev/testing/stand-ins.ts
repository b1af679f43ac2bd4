import type { Part, PartKind } from '../part.ts';
import type { System } from '../system.ts';

const main = 'infra/dev/testing/stand-in.ts';

function standIn(name: string, kind: PartKind, offset: number, after: readonly string[], fault = ''): Part {
  const environment: Part['environment'] = ({ dataDir }) => ({
    STAND_IN: name,
    STAND_IN_NOTES: `${dataDir}/notes`,
    STAND_IN_FAULT: fault,
  });
  return { name, kind, offset, opsOffset: offset + 60, main, environment, after };
}

/** A small system of the same shape as the real one. */
export function standIns(faultOfService = ''): System {
  const parts = [
    standIn('register', 'simulator', 20, []),
    standIn('worker', 'service', 1, ['postgres', 'nats', 'register'], faultOfService),
    standIn('door', 'gateway', 0, ['postgres', 'nats', 'worker']),
  ];
  return { parts, databases: [], prepare: () => undefined, fill: async () => undefined };
}

export const standInOffsets = [20, 80, 1, 61, 0, 60, 40, 41];
