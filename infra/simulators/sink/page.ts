import type { Taken } from './box.ts';

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** One page to read all that was sent, the newest first. It looks again by itself. */
export function page(taken: readonly Taken[], counts: object): string {
  const rows = taken
    .slice(0, 200)
    .map(
      (one) =>
        `<tr><td>${escaped(one.at.slice(11, 19))}<td>${one.channel}<td>${escaped(one.to)}<td>${escaped(one.subject)}<td><pre>${escaped(one.text)}</pre></tr>`,
    )
    .join('');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="5"><title>Mail, text messages and push (simulator)</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:75rem;margin:1rem auto;padding:0 1rem}
table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left;vertical-align:top}pre{margin:0;white-space:pre-wrap}</style>
<h1>Mail, text messages and push</h1><p>What was handed over here to be delivered. Nobody gets any of it; the addresses are invented.</p>
<p><code>${escaped(JSON.stringify(counts))}</code></p>
<table><tr><th>time (UTC)<th>by<th>to<th>subject, sender or urgency<th>text</tr>${rows}</table></html>`;
}
