// What every part of the page is made with.
// Own tables: not every browser knows Norwegian.
export const months = [
  'januar',
  'februar',
  'mars',
  'april',
  'mai',
  'juni',
  'juli',
  'august',
  'september',
  'oktober',
  'november',
  'desember',
];
export const unread = 'Dette kunne ikke leses akkurat nå.';

export const byId = (id) => document.getElementById(id);
export const say = (text) => (byId('status').textContent = text);

/** Elements are made, never written as HTML: a name is text whatever is in it. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made[key] = value;
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export const list = (items) => element('ul', {}, ...items.map((item) => element('li', {}, item)));

export const clockText = (instant) => {
  const at = new Date(instant);
  const [hours, minutes] = [at.getHours(), at.getMinutes()].map((part) => `${part}`.padStart(2, '0'));
  return `${at.getDate()}. ${months[at.getMonth()]} kl. ${hours}.${minutes}`;
};

export class SignedOut extends Error {}

export async function ask(id, variables = {}) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id, variables }),
  });
  if (response.status === 401) throw new SignedOut();
  const answer = await response.json();
  if (!answer.data) throw new Error(answer.errors?.[0]?.extensions?.code ?? 'INTERNAL');
  return answer.data;
}
