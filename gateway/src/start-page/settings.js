// What people choose for themselves, and where they are signed in: one place for both.
import { SignedOut, ask, byId, clockText, element, list, say, unread } from '/page.js';

const operations = {
  settings: '{{operation Settings}}',
  updateSettings: '{{operation UpdateSettings}}',
};

const capacities = { guardian: 'Foresatt', staff: 'Ansatt' };
const languages = { NB: 'Bokmål', NN: 'Nynorsk', SE: 'Davvisámegiella', EN: 'English' };
const noticeKinds = {
  DECISION: 'Vedtak',
  CHILD_MISSING: 'Barnet er borte uten melding',
  MESSAGE: 'Meldinger',
  NEWS: 'Nyheter',
};
const noticeChannels = { PUSH: 'Push', EMAIL: 'E-post', SMS: 'SMS' };
const browserNames = {
  EDGE: 'Edge',
  OPERA: 'Opera',
  SAMSUNG: 'Samsung Internet',
  FIREFOX: 'Firefox',
  CHROME: 'Chrome',
  SAFARI: 'Safari',
  OTHER: 'En annen nettleser',
};
const platforms = {
  ANDROID: 'Android',
  IOS: 'iPhone eller iPad',
  WINDOWS: 'Windows',
  CHROMEOS: 'Chromebook',
  MACOS: 'Mac',
  LINUX: 'Linux',
};
function sessionText({ kind, browser, openedAt, lastUsedAt, isNewBrowser }) {
  const place = [browserNames[browser.name], platforms[browser.platform]].filter(Boolean).join(' på ');
  const parts = [
    capacities[kind],
    place,
    `logget inn ${clockText(openedAt)}`,
    `sist brukt ${clockText(lastUsedAt)}`,
  ];
  return [...parts, isNewBrowser ? 'ny nettleser' : ''].filter(Boolean).join(' · ');
}

async function sessionsAt(path, method) {
  const response = await fetch(path, { method });
  if (response.status === 401) throw new SignedOut();
  if (!response.ok) throw new Error();
  return response;
}

async function showSessions() {
  const place = byId('session-list');
  const endAt = (path, text) => {
    const button = element('button', { type: 'button' }, text);
    button.addEventListener('click', async () => {
      button.disabled = true;
      try {
        await sessionsAt(path, 'DELETE');
      } catch (error) {
        if (error instanceof SignedOut) return showSignedOut('Du er logget ut.');
        say('Det gikk ikke å logge ut der. Prøv igjen om litt.');
      }
      await showSessions();
    });
    return button;
  };
  try {
    const { sessions } = await (await sessionsAt('/sessions', 'GET')).json();
    const items = sessions.map((session) =>
      element(
        'div',
        { className: 'actions' },
        sessionText(session),
        session.isCurrent
          ? element('strong', {}, 'Her og nå')
          : endAt(`/sessions/${session.id}`, `Logg ut ${browserNames[session.browser.name]}`),
      ),
    );
    place.replaceChildren(
      list(items),
      ...(sessions.length > 1 ? [endAt('/sessions', 'Logg ut alle andre steder')] : []),
    );
  } catch (error) {
    if (error instanceof SignedOut) return showSignedOut('Du er logget ut.');
    place.replaceChildren(element('p', {}, unread));
  }
}

function noticeChoice({ kind, channels, obligatory }) {
  const box = (channel) => {
    const choice = element('input', {
      type: 'checkbox',
      name: kind,
      value: channel,
      checked: channels.includes(channel),
      disabled: obligatory.includes(channel),
    });
    return element('label', { className: 'choice' }, choice, noticeChannels[channel]);
  };
  return element(
    'fieldset',
    {},
    element('legend', {}, noticeKinds[kind] ?? kind),
    ...Object.keys(noticeChannels).map(box),
  );
}

function choicesForm({ language, notices, namesChild }) {
  const option = ([value, textContent]) =>
    element('option', { value, textContent, selected: value === (language ?? '') });
  const ownLanguage = element(
    'select',
    {},
    ...[['', 'Som i kontaktregisteret'], ...Object.entries(languages)].map(option),
  );
  const ownNames = element('input', { type: 'checkbox', checked: namesChild });
  const kinds = notices.map(noticeChoice);
  const button = element('button', { type: 'submit' }, 'Lagre');
  const form = element(
    'form',
    {},
    element('label', {}, 'Språk', ownLanguage),
    ...kinds,
    element('label', { className: 'choice' }, ownNames, 'Varsler kan si fornavnet til barnet'),
    button,
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      const { updateSettings: result } = await ask(operations.updateSettings, {
        input: {
          language: ownLanguage.value || null,
          namesChild: ownNames.checked,
          notices: kinds.map((kind, place) => ({
            kind: notices[place].kind,
            channels: [...kind.querySelectorAll('input:checked')].map(({ value }) => value),
          })),
        },
      });
      say(result.message ?? 'Innstillingene er lagret.');
    } catch (error) {
      if (error instanceof SignedOut) return showSignedOut('Du er logget ut.');
      say('Innstillingene ble ikke lagret. Prøv igjen om litt.');
    } finally {
      button.disabled = false;
    }
  });
  return form;
}

async function showChoices() {
  try {
    const { viewer } = await ask(operations.settings);
    byId('choices').replaceChildren(viewer ? choicesForm(viewer.settings) : element('p', {}, unread));
  } catch (error) {
    if (error instanceof SignedOut) return showSignedOut('Du er logget ut.');
    byId('choices').replaceChildren(element('p', {}, unread));
  }
}
/** `ended` is called with a text when the session turns out to be over. */
export function offerSettings(ended) {
  showSignedOut = ended;
  byId('settings').addEventListener('toggle', ({ target }) => {
    if (target.open) void Promise.all([showChoices(), showSessions()]);
  });
}
let showSignedOut;

export function closeSettings() {
  for (const place of ['choices', 'session-list']) byId(place).replaceChildren();
  byId('settings').open = false;
}
