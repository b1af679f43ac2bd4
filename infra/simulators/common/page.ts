import { goldenList } from './people.ts';

export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

export interface Example {
  readonly title: string;
  readonly path: string;
  readonly method: 'POST' | 'DELETE';
  readonly body?: unknown;
}

/** A page to look at who there is, and to try the control API from. */
export function controlPage(title: string, lead: string, examples: readonly Example[]): string {
  const rows = goldenList()
    .map((one) => `<tr><td>${escaped(one.key)}<td>${escaped(one.name)}<td>${one.number}<td>${one.born}`)
    .join('');
  const choices = examples
    .map((one) => `<option value="${escaped(JSON.stringify(one))}">${escaped(one.title)}</option>`)
    .join('');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:1rem auto;padding:0 1rem}
table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left}textarea{width:100%;font:.9rem/1.4 ui-monospace,monospace}
button,select{font:inherit;min-height:2.75rem}</style>
<h1>${escaped(title)}</h1><p>${escaped(lead)} Only synthetic numbers; nobody here exists.</p>
<h2>Change something</h2><form><p><label>Example <select>${choices}</select></label></p>
<p><label>Call <input name="call" size="50"></label></p><p><label>Body <textarea rows="8"></textarea></label></p>
<p><button>Send</button></p></form><pre id="answer"></pre>
<h2>People with a name in the tests</h2><table><tr><th>key<th>name<th>number<th>born</tr>${rows}</table>
<script>
const form=document.querySelector('form'),pick=form.querySelector('select'),body=form.querySelector('textarea');
const show=()=>{const e=JSON.parse(pick.value);form.call.value=e.method+' '+e.path;body.value=e.body?JSON.stringify(e.body,null,2):''};
pick.onchange=show;show();
form.onsubmit=async(event)=>{event.preventDefault();const[method,path]=form.call.value.split(' ');
const r=await fetch(path,{method,...(body.value.trim()?{body:body.value,headers:{'content-type':'application/json'}}:{})});
document.querySelector('#answer').textContent=r.status+'\\n'+JSON.stringify(await r.json(),null,2)};
</script></html>`;
}
