import { html, page } from './html.ts';
import type { Markup } from './html.ts';
import type { IssuerProfile, Level, LoginPerson } from './profile.ts';

export interface LoginView {
  readonly profile: IssuerProfile;
  readonly action: string;
  readonly query: string;
  readonly people: readonly LoginPerson[];
  readonly total: number;
  /** The levels that satisfy the request, weakest first. */
  readonly levels: readonly Level[];
  readonly problem?: string;
}

/** The fields `pid` and `acr` and the form's id are what programs rely on; see the README. */
export function loginPage(view: LoginView): string {
  const { profile } = view;
  const headings = [...new Set(view.people.map((person) => person.heading))];
  const body = html`
    ${view.problem !== undefined && html`<p class="warning" role="alert">${view.problem}</p>`}
    <form class="search" method="get" role="search">
      <label>${profile.searchLabel}<input type="search" name="q" value="${view.query}" autofocus /></label>
      <button>Søk</button>
    </form>
    <form id="sign-in" method="post" action="${view.action}">
      <fieldset>
        <legend>Hvordan</legend>
        ${view.levels.map(
          (level, index) =>
            html`<label
              ><input
                type="radio"
                name="acr"
                value="${level.acr}"
                ${index === 0 && html`checked`}
              />${level.label}</label
            >`,
        )}
      </fieldset>
      ${headings.map(
        (heading) =>
          html`<h2>${heading}</h2>
            <ul class="people">
              ${view.people.filter((person) => person.heading === heading).map(personButton)}
            </ul>`,
      )}
      <p class="quiet">
        ${
          view.total === 0
            ? 'Ingen treff.'
            : view.total > view.people.length
              ? `Viser ${view.people.length} av ${view.total}. Søk for å finne flere.`
              : `${view.total} treff.`
        }
      </p>
      <p><button name="action" value="abort">Avbryt</button></p>
    </form>
  `;
  return page(profile.title, profile.lead, body);
}

function personButton(person: LoginPerson): Markup {
  return html`<li>
    <button name="pid" value="${person.id}">${person.name}<small>${person.detail}</small></button>
  </li>`;
}

export function errorPage(title: string, error: string, description: string): string {
  return page(
    title,
    'Noe gikk galt',
    html`<p class="warning" role="alert"><strong>${error}</strong> ${description}</p>
      <p>Gå tilbake til tjenesten du kom fra, og prøv igjen.</p>`,
  );
}

export interface LogoutView {
  readonly title: string;
  /** The addresses that must hear of the logout, with `iss` and `sid` in them. */
  readonly frames: readonly string[];
  readonly onward: string | undefined;
  readonly scriptNonce: string;
}

/** Loads each client's logout address in a frame, then goes on; without a script after some seconds. */
export function logoutPage(view: LogoutView): string {
  // Listens in the capturing phase, before the frames exist: a frame may have loaded before a later script ran.
  const script = `
    var left = ${view.frames.length};
    function go() { var onward = document.getElementById('continue'); if (onward) location.replace(onward.href); }
    document.addEventListener('load', function (event) {
      if (event.target.tagName === 'IFRAME' && --left === 0) go();
    }, true);
    setTimeout(go, 3000);`;
  return page(
    view.title,
    'Du er logget ut',
    html`
      ${
        view.onward !== undefined &&
        html`<p><a id="continue" class="button" href="${view.onward}">Tilbake til tjenesten</a></p>`
      }
      <script nonce="${view.scriptNonce}">
        ${{ markup: script }};
      </script>
      ${view.frames.map((frame) => html`<iframe title="utlogging" src="${frame}"></iframe>`)}
    `,
    html`${view.onward !== undefined && html`<noscript><meta http-equiv="refresh" content="4;url=${view.onward}" /></noscript>`}`,
  );
}
