// The page that stands in for the portal: what the graph answers for whoever is signed in, and one thing to do.
import { SignedOut, ask, byId, element, list, months, say, unread } from '/page.js';
import { closeSettings, offerSettings } from '/settings.js';

const operations = {
  start: '{{operation Start}}',
  accessHelp: '{{operation AccessHelp}}',
  report: '{{operation ReportAbsence}}',
  unitAbsences: '{{operation UnitAbsences}}',
};

const causes = {
  SICK: 'Syk',
  DAY_OFF: 'Fri',
  LEAVE: 'Permisjon',
  APPOINTMENT: 'Avtale',
  OTHER: 'Annet',
};
const unitKinds = { KINDERGARTEN: 'barnehage', SCHOOL: 'skole', AFTER_SCHOOL: 'SFO' };
const roleKinds = {
  LEADER: 'Leder',
  ADMINISTRATOR: 'Administrasjon',
  CONTACT_TEACHER: 'Kontaktlærer',
  TEACHER: 'Lærer',
  ASSISTANT: 'Assistent',
  AFTER_SCHOOL: 'Ansatt i SFO',
  KINDERGARTEN: 'Ansatt i barnehage',
};
const fullName = (name, otherwise) =>
  name ? [name.given, name.middle, name.family].filter(Boolean).join(' ') : otherwise;
const dayText = (day) => {
  const [, month, date] = day.split('-').map(Number);
  return `${date}. ${months[month - 1]}`;
};
const today = () =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' }).format(new Date()).slice(0, 10);

function unitText({ unit, groups }) {
  const where = groups.map((group) => group.name).join(', ');
  return `${unit.name} (${unitKinds[unit.kind] ?? unit.kind})${where ? `, ${where}` : ''}`;
}

function absenceText({ day, cause, unit }) {
  return [dayText(day), causes[cause], unit?.name].filter(Boolean).join(' · ');
}

function reportForm(child, name) {
  const isNow = ({ from, to }) => from <= today() && (to === null || today() < to);
  const units = new Map(child.enrolments.filter(isNow).map(({ unit }) => [unit.id, unit.name]));
  if (units.size === 0) return null;
  const option = ([value, textContent]) => element('option', { value, textContent });
  const unit = element('select', { name: 'unit' }, ...[...units].map(option));
  const cause = element('select', { name: 'cause' }, ...Object.entries(causes).map(option));
  const button = element('button', { type: 'submit' }, `Meld ${name} borte i dag`);
  // Kept until an answer has come, so that a second press after a lost answer reports nothing twice.
  let key = crypto.randomUUID();
  const form = element(
    'form',
    {},
    element('label', {}, 'Fra', unit),
    element('label', {}, 'Grunn', cause),
    button,
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      const { reportAbsence: result } = await ask(operations.report, {
        input: {
          places: [{ childId: child.id, unitId: unit.value }],
          firstDay: today(),
          cause: cause.value,
          idempotencyKey: key,
        },
      });
      key = crypto.randomUUID();
      await show();
      const refusal = result.__typename === 'AbsenceReported' ? result.outcomes[0].refusal : result;
      say(refusal?.message ?? `${units.get(unit.value)} har fått beskjed om at ${name} er borte i dag.`);
    } catch (error) {
      if (error instanceof SignedOut) return showSignedOut('Du er logget ut.');
      say('Meldingen ble ikke sendt. Prøv igjen om litt.');
    } finally {
      button.disabled = false;
    }
  });
  return form;
}

function childCard(child) {
  const name = fullName(child.name, 'Barnet');
  const absences = child.absences;
  return element(
    'article',
    { className: 'card' },
    element('h2', {}, name),
    element('h3', {}, 'Går i'),
    child.enrolments.length > 0
      ? list(child.enrolments.map(unitText))
      : element('p', { className: 'quiet' }, 'Ingen enhet nå.'),
    element('h3', {}, 'Siste fravær'),
    absences === null
      ? element('p', {}, unread)
      : absences.nodes.length > 0
        ? list(absences.nodes.map(absenceText))
        : element('p', { className: 'quiet' }, 'Ingen fravær meldt.'),
    reportForm(child, child.name?.given ?? 'barnet'),
  );
}

function roleCard({ kind, unit, group }) {
  const away = element('div');
  const button = element('button', { type: 'button' }, 'Vis hvem som er borte i dag');
  button.addEventListener('click', async () => {
    try {
      const { unit: answer } = await ask(operations.unitAbsences, { unitId: unit.id, day: today() });
      const absences = answer?.absences;
      away.replaceChildren(
        !absences
          ? element('p', {}, unread)
          : absences.nodes.length === 0
            ? element('p', { className: 'quiet' }, 'Ingen er meldt borte.')
            : list(
                absences.nodes.map(({ child, cause }) =>
                  [fullName(child?.name, 'Et barn'), causes[cause]].filter(Boolean).join(' · '),
                ),
              ),
      );
    } catch (error) {
      if (error instanceof SignedOut) return showSignedOut('Du er logget ut.');
      away.replaceChildren(element('p', {}, unread));
    }
  });
  return element(
    'article',
    { className: 'card' },
    element('h2', {}, unit.name),
    element('p', {}, [roleKinds[kind] ?? kind, group?.name].filter(Boolean).join(', ')),
    button,
    away,
  );
}

function showSignedOut(text = '') {
  live?.close();
  byId('signed-in').hidden = byId('sign-out').hidden = true;
  byId('content').replaceChildren();
  closeSettings();
  byId('signed-out').hidden = false;
  say(text);
}

async function show() {
  const { viewer } = await ask(operations.start);
  byId('signed-out').hidden = true;
  byId('signed-in').hidden = byId('sign-out').hidden = false;
  byId('greeting').textContent = viewer ? `Hei, ${fullName(viewer.name, 'du')}` : unread;
  const cards = viewer ? [...viewer.children.map(childCard), ...viewer.roles.map(roleCard)] : [];
  byId('content').replaceChildren(
    ...(viewer && cards.length === 0 ? [await helpCard(viewer.language)] : cards),
  );
}

/** The same for everybody who sees nobody, whatever the reason (GUA-20). */
async function helpCard(language) {
  const { accessHelp: help } = await ask(operations.accessHelp, { language });
  return element(
    'article',
    { className: 'card' },
    element('h2', {}, help.heading),
    ...help.paragraphs.map((text) => element('p', {}, text)),
    element('p', {}, element('a', { href: help.linkUrl }, help.linkLabel)),
  );
}

/** Reads everything anew when something may have changed, and notices when the session has ended. */
let live;
function follow() {
  let isAgain = false;
  live = new EventSource('/live');
  live.onmessage = () => void refresh();
  // A stream that was closed from the other end and opens again may have missed something.
  live.onopen = () => {
    if (isAgain) void refresh();
    isAgain = true;
  };
  live.onerror = () => {
    if (live.readyState === EventSource.CLOSED) void refresh();
  };
}

async function refresh() {
  try {
    await show();
    if (live?.readyState === EventSource.CLOSED) setTimeout(follow, 5000);
  } catch (error) {
    if (error instanceof SignedOut) showSignedOut('Du er logget ut.');
  }
}

async function signOut() {
  live?.close();
  const response = await fetch('/logout', { method: 'POST', headers: { accept: 'application/json' } });
  const { location: next } = await response.json();
  location.assign(next);
}
byId('sign-out').addEventListener('click', () => void signOut());

offerSettings(showSignedOut);
try {
  const session = await fetch('/session');
  if (session.status === 401) showSignedOut();
  else {
    await show();
    follow();
  }
} catch (error) {
  if (error instanceof SignedOut) showSignedOut();
  else say('Siden kunne ikke vises akkurat nå. Prøv igjen om litt.');
}
