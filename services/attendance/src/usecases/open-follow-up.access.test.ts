import { test } from 'vitest';
import { expectWhoFollowsUp } from '../../test/certifies.ts';

test('open follow up is for the leader and the contact teacher of the class, never of their own child (T15, GUA-24)', () =>
  expectWhoFollowsUp());
