import { type ReactNode, useId, useState } from 'react';
import { useWords } from '../../words/words.ts';
import { tell } from './tell.ts';

/** Makes this device a shared tablet, by the code that a leader was shown. */
export function PairForm({ paired }: { readonly paired: () => void }): ReactNode {
  const { t } = useWords();
  const [code, setCode] = useState('');
  const [fault, setFault] = useState<'tablet.codeWrong' | 'tablet.notReached' | null>(null);
  const id = useId();
  const send = async (): Promise<void> => {
    const status = await tell('/tablet/pair', { code: code.trim() });
    if (status === 204) return paired();
    setFault(status === 404 || status === 400 ? 'tablet.codeWrong' : 'tablet.notReached');
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <p>{t('tablet.pairLead')}</p>
      <div className="ds-field">
        <label className="ds-label" htmlFor={id}>
          {t('tablet.code')}
        </label>
        <input
          className="ds-input"
          id={id}
          required
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          value={code}
          onChange={({ target }) => setCode(target.value)}
        />
      </div>
      {fault !== null && (
        <p className="ds-alert" data-color="danger" role="alert">
          {t(fault)}
        </p>
      )}
      <button type="submit" className="ds-button">
        {t('tablet.pair')}
      </button>
    </form>
  );
}
