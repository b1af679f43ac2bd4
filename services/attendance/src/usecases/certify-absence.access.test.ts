import { test } from 'vitest';
import { expectTheLeaderAlone } from '../../test/certifies.ts';
import { mayCertify } from '../domain/counting-policy.ts';

test('certifying absence, and correcting it, is for the leader alone (ABS-23)', () =>
  expectTheLeaderAlone(mayCertify));
