import type { Answer, Origin, Question } from './http.ts';
import type { Tokens } from './maskinporten.ts';

/** Asks with a bearer token. A token that is refused is replaced once: it may have been withdrawn before its time. */
export async function askWithToken(
  origin: Origin,
  tokens: Tokens,
  scope: string,
  question: Question,
): Promise<Answer> {
  let used = await tokens.token(scope);
  const withToken: Question = {
    ...question,
    headers: async (attempt) => {
      if (attempt > 1) used = await tokens.token(scope);
      return { ...(await question.headers(attempt)), authorization: `Bearer ${used}` };
    },
  };
  const answer = await origin.ask(withToken);
  if (answer.status !== 401) return answer;
  used = await tokens.token(scope, used);
  return origin.ask(withToken);
}
