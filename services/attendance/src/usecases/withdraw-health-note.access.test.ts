import { test } from 'vitest';
import { expectTheLeaderAlone } from '../../test/certifies.ts';
import { mayCertify } from '../domain/counting-policy.ts';

test('taking back that illness is documented is for the leader alone (T23)', () =>
  expectTheLeaderAlone(mayCertify));
