import { machineFor, tellFamilies as tell } from '@ranselpost/kit/testing/families';
import type { IdentityFacts } from '@ranselpost/kit/testing/identity-facts';

export { children, people, places } from '@ranselpost/kit/testing/families';

export const machine = machineFor('messaging');
export const tellFamilies = (identity: IdentityFacts): Promise<void> => tell(identity, ['MESSAGING', 'NEWS']);
