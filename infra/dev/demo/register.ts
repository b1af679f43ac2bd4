import type { Stack } from '../stack.ts';
import { hold } from '../story.ts';

/** Tells the population register that something has happened. Answers when it was told, on this process's clock. */
export async function lifeEvent(stack: Stack, wish: object): Promise<{ readonly since: number }> {
  const since = performance.now();
  const answer = await fetch(`${stack.urls['freg']}/control/life-events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });
  hold(answer.ok, `the register's simulator answered ${answer.status}`);
  return { since };
}

/** Parents who hold the responsibility for a golden child together, as the demo finds them and leaves them. */
export const together = (child: string, family: string) => ({
  ...{ kind: 'joint-responsibility', child, holders: [`${family}.mother`, `${family}.father`] },
});
