import { instantOf, localDateAt } from '@ranselpost/kit/pure/dates';
import { applicationsKeptFrom } from '../domain/retention.ts';
import { benefitKeptFrom } from '../domain/cash-benefit.ts';
import * as applications from '../store/applications.ts';
import * as benefitLines from '../store/benefit-lines.ts';
import type { Deps } from './deps.ts';

const atOnce = 500;

/**
 * Forgets some applications that came to nothing, long enough after their round was over, so few that nothing else waits for it (RET-12), and drafts that a
 * round has left; and what the list for cash benefit has of children who have turned six (RET-06). Whoever has a place by one keeps it, and what was appealed against stays until the archive has that (RET-02). Answers whether there may be more.
 */
export const forgetNextApplications = (deps: Pick<Deps, 'db' | 'now'>, most = atOnce): Promise<boolean> =>
  deps.db.asService(async (tx) => {
    const ended = instantOf(applicationsKeptFrom(localDateAt(deps.now())), '00:00');
    const drafts = await applications.forgetDraftsOver(tx, most);
    const over = await applications.forgetOver(tx, ended, most);
    const aged = await benefitLines.forgetBornBefore(tx, benefitKeptFrom(localDateAt(deps.now())), most);
    return [over, drafts, aged].includes(most);
  });
