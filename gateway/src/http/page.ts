import type { FastifyReply } from 'fastify';

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
<link rel="stylesheet" href="/start.css">
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
