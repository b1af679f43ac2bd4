import { describe, expect, test } from 'vitest';
import { findProgram, howToMend, nats } from './debian.ts';

describe('a machine without nats-server', () => {
  test('gets it installed as root on Debian and Ubuntu', () => {
    expect(howToMend(nats, { platform: 'linux', isRoot: true, hasApt: true })).toBeUndefined();
  });

  test.each([
    [{ platform: 'linux', isRoot: false, hasApt: true }, /sudo apt-get install/],
    [{ platform: 'darwin', isRoot: false, hasApt: false }, /brew install nats-server/],
    [{ platform: 'linux', isRoot: true, hasApt: false }, /NATS_URL=/],
    [{ platform: 'win32', isRoot: false, hasApt: false }, /NATS_URL=/],
  ] as const)('is told in one sentence how to get it: %j', (machine, mend) => {
    expect(howToMend(nats, machine)).toMatch(mend);
    expect(howToMend(nats, machine)?.match(/\.( |$)/g)).toHaveLength(1);
  });

  test('is not taken for one that has it because a folder on the path is missing', () => {
    expect(findProgram(nats, '/no/such/folder')).not.toBe('/no/such/folder/nats-server');
  });
});
