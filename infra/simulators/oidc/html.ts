/** Markup that needs no escaping, because a template made it. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | undefined | false | Markup | readonly Markup[];

/** A template whose values are escaped unless they are markup themselves. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: texts.reduce((all, text, index) => `${all}${toText(parts[index - 1])}${text}`) };
}

function toText(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'object')
    return 'markup' in part ? part.markup : part.map((one) => one.markup).join('');
  return escapeHtml(String(part));
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const style = `
  :root { color-scheme: light dark; --ink: #1b2733; --paper: #fff; --quiet: #5b6875; --line: #cfd6dd; --brand: #9a1d3c; --tint: #faf3f5; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e8edf2; --paper: #14191f; --quiet: #a5b1bd; --line: #38424d; --brand: #f08ba4; --tint: #221a1e; }
  }
  * { box-sizing: border-box; }
  body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
  header, main { max-width: 44rem; margin: 0 auto; padding: 1rem; }
  header { border-bottom: 4px solid var(--brand); }
  header p, .quiet { margin: 0; color: var(--quiet); }
  h1 { margin: 0; font-size: 1.5rem; } h2 { margin: 1.5rem 0 .5rem; font-size: 1.05rem; }
  fieldset, form.search { border: 1px solid var(--line); border-radius: .5rem; margin: 1rem 0; padding: .75rem 1rem; }
  label { display: flex; gap: .5rem; align-items: center; min-height: 2.75rem; }
  form.search { display: flex; gap: .5rem; align-items: end; flex-wrap: wrap; }
  form.search label { flex: 1 1 14rem; flex-direction: column; align-items: start; gap: .15rem; }
  input[type=search], input[type=text], input[type=number], select { font: inherit; width: 100%; min-height: 2.75rem; padding: .3rem .6rem; color: inherit; background: transparent; border: 1px solid var(--quiet); border-radius: .35rem; }
  button, .button { font: inherit; min-height: 2.75rem; padding: .4rem 1rem; border: 1px solid var(--brand); border-radius: .35rem; background: transparent; color: inherit; cursor: pointer; display: inline-block; text-decoration: none; }
  button:hover, .button:hover { background: var(--tint); } button:focus-visible, a:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
  ul.people { list-style: none; margin: 0; padding: 0; } ul.people li { margin: .35rem 0; }
  ul.people button { width: 100%; text-align: left; border-color: var(--line); } ul.people small { display: block; color: var(--quiet); }
  table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .4rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
  .warning { border-left: 4px solid var(--brand); background: var(--tint); padding: .5rem .75rem; }
  iframe { display: none; }
`;

export function page(title: string, lead: string, body: Markup, head: Markup = html``): string {
  return html`<!doctype html>
    <html lang="nb">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${{ markup: style }}
        </style>
        ${head}
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <p>${lead}</p>
        </header>
        <main>${body}</main>
      </body>
    </html>`.markup;
}
