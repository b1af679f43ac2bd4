import { test } from 'vitest';
import { expectTheLeaderAlone } from '../../test/certifies.ts';
import { mayCertify } from '../domain/counting-policy.ts';

test('refusing a request for removal is for the leader alone (ABS-07)', () =>
  expectTheLeaderAlone(mayCertify));
