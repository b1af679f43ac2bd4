import type { FastifyInstance, FastifyReply } from 'fastify';
import { readFile } from 'node:fs/promises';

export interface PageText {
  readonly status: number;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly links: readonly { readonly to: string; readonly text: string }[];
}

/** A plain page for people, with nothing in it that came from a request. */
export const sendPage = (reply: FastifyReply, { status, title, paragraphs, links }: PageText): FastifyReply =>
  reply.status(status).type('text/html; charset=utf-8').send(`<!doctype html>
<html lang="nb">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Ranselpost</title>
<link rel="stylesheet" href="/pages.css">
</head>
<body>
<main>
<h1>${title}</h1>
${paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n')}
<ul class="actions">${links.map(({ to, text }) => `<li><a href="${to}">${text}</a></li>`).join('')}</ul>
</main>
</body>
</html>
`);

/** The style of these pages, which are there also where no portal is. */
export async function pageStyle(http: FastifyInstance): Promise<void> {
  const style = await readFile(new URL('pages.css', import.meta.url), 'utf8');
  http.get('/pages.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(style));
}
