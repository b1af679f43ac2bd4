import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { Settings, type SettingsQuery, UpdateSettings } from '../../graph/generated/operations.ts';
import { useChange, useGraph } from '../../graph/use-graph.ts';
import { chooseKeeping, keepsHere } from '../../offline/answers.ts';
import { Page } from '../../parts/page.tsx';
import { Said } from '../../parts/said.tsx';
import { Read, Unread } from '../../parts/states.tsx';
import { type Look, keepLook, looks, ownLook } from '../../shell/look.ts';
import { ownName } from '../../words/languages.ts';
import { useSession } from '../../session/use-session.ts';
import { useWords } from '../../words/words.ts';
import { Sessions } from './sessions.tsx';

type Chosen = NonNullable<SettingsQuery['viewer']>['settings'];

const graphLanguages = { NB: 'nb', NN: 'nn', SE: 'se', EN: 'en' } as const;
type GraphLanguage = keyof typeof graphLanguages;
const codes = Object.keys(graphLanguages) as readonly GraphLanguage[];
const channels = ['PUSH', 'EMAIL', 'SMS'] as const;

/** What somebody has chosen for themself, and where they are signed in: one place for both. */
export default function SettingsPage(): ReactNode {
  const { t } = useWords();
  const answer = useGraph(Settings, {});
  const session = useSession();
  return (
    <Page title={t('settings.title')}>
      <Read from={answer}>
        {({ data: { viewer } }) => (viewer === null ? <Unread /> : <Choices chosen={viewer.settings} />)}
      </Read>
      <LookChoice />
      <KeepingChoice />
      <Sessions />
      {session.data?.kind === 'staff' && (
        <section aria-labelledby="tablets">
          <h2 className="ds-heading" data-size="sm" id="tablets">
            {t('tablet.make')}
          </h2>
          <p>{t('tablet.makeLead')}</p>
          <Link to="/tablets" className="ds-link touch">
            {t('tablet.manage')}
          </Link>
        </section>
      )}
      <section aria-labelledby="privacy">
        <h2 className="ds-heading" data-size="sm" id="privacy">
          {t('settings.privacy')}
        </h2>
        <p>{t('settings.privacyText')}</p>
      </section>
      <section aria-labelledby="about">
        <h2 className="ds-heading" data-size="sm" id="about">
          {t('settings.about')}
        </h2>
        <p>{t('settings.version', { version: import.meta.env.VITE_VERSION })}</p>
        <p>{t('settings.support')}</p>
        <Link to="/accessibility" className="ds-link">
          {t('accessibility.title')}
        </Link>
      </section>
    </Page>
  );
}

function Choices({ chosen }: { readonly chosen: Chosen }): ReactNode {
  const { t, setLanguage } = useWords();
  const [language, chooseLanguage] = useState(chosen.language);
  const [namesChild, setNamesChild] = useState(chosen.namesChild);
  const [notices, setNotices] = useState(chosen.notices);
  const update = useChange(UpdateSettings);
  const result = update.data?.data.updateSettings;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (language !== null) setLanguage(graphLanguages[language]);
        update.mutate({
          input: {
            language,
            namesChild,
            notices: notices.map(({ kind, channels: by }) => ({ kind, channels: by })),
          },
        });
      }}
    >
      <div className="ds-field">
        <label className="ds-label" htmlFor="language">
          {t('settings.language')}
        </label>
        <select
          className="ds-input"
          id="language"
          value={language ?? ''}
          onChange={({ target }) => chooseLanguage(codes.find((code) => code === target.value) ?? null)}
        >
          <option value="">{t('settings.languageAsRegister')}</option>
          {codes.map((code) => (
            <option key={code} value={code} lang={graphLanguages[code]}>
              {ownName[graphLanguages[code]]}
            </option>
          ))}
        </select>
      </div>
      <section aria-labelledby="notices">
        <h2 className="ds-heading" data-size="sm" id="notices">
          {t('settings.notices')}
        </h2>
        <p className="quiet">{t('settings.noticesLead')}</p>
        {notices.map((notice) => (
          <fieldset key={notice.kind} className="ds-fieldset">
            <legend className="ds-label">{t(`settings.kind.${notice.kind}`)}</legend>
            <div className="row">
              {channels.map((channel) => (
                <label key={channel} className="choice">
                  <input
                    type="checkbox"
                    className="ds-input"
                    checked={notice.channels.includes(channel)}
                    disabled={notice.obligatory.includes(channel)}
                    onChange={({ target }) =>
                      setNotices(
                        notices.map((one) =>
                          one !== notice
                            ? one
                            : {
                                ...one,
                                channels: target.checked
                                  ? [...one.channels, channel]
                                  : one.channels.filter((other) => other !== channel),
                              },
                        ),
                      )
                    }
                  />
                  <span>{t(`settings.channel.${channel}`)}</span>
                </label>
              ))}
            </div>
          </fieldset>
        ))}
        <label className="choice">
          <input
            type="checkbox"
            className="ds-input"
            checked={namesChild}
            onChange={({ target }) => setNamesChild(target.checked)}
          />
          <span>{t('settings.namesChild')}</span>
        </label>
      </section>
      <Said
        error={update.error}
        refusal={result !== undefined && 'message' in result ? result.message : undefined}
      />
      <div className="row">
        <button type="submit" className="ds-button" disabled={update.isPending}>
          {t('app.save')}
        </button>
        {result?.__typename === 'SettingsUpdated' && <p role="status">{t('app.saved')}</p>}
      </div>
    </form>
  );
}

function LookChoice(): ReactNode {
  const { t } = useWords();
  const [look, setLook] = useState<Look>(ownLook);
  return (
    <fieldset className="ds-fieldset">
      <legend className="ds-heading" data-size="sm">
        {t('settings.look')}
      </legend>
      <div className="row">
        {looks.map((one) => (
          <label key={one} className="choice">
            <input
              type="radio"
              name="look"
              className="ds-input"
              checked={look === one}
              onChange={() => {
                keepLook(one);
                setLook(one);
              }}
            />
            <span>{t(`settings.look.${one}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function KeepingChoice(): ReactNode {
  const { t } = useWords();
  const session = useSession();
  const [isKeeping, setKeeping] = useState(keepsHere);
  if (session.data?.kind !== 'guardian') return null;
  return (
    <fieldset className="ds-fieldset">
      <legend className="ds-heading" data-size="sm">
        {t('settings.offline')}
      </legend>
      <p className="quiet">{t('settings.offlineLead')}</p>
      <label className="choice">
        <input
          type="checkbox"
          className="ds-input"
          checked={isKeeping}
          onChange={({ target }) => {
            setKeeping(target.checked);
            void chooseKeeping(target.checked);
          }}
        />
        <span>{t('settings.offlineKeep')}</span>
      </label>
    </fieldset>
  );
}
