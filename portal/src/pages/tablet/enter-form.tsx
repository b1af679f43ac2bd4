import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useWords, writeName } from '../../words/words.ts';
import type { ShownTablet } from './tablet.tsx';
import { tell } from './tell.ts';

const pinLength = 6;
const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const;
type Fault = 'tablet.pinWrong' | 'tablet.tooOften' | 'tablet.notReached';

/** Who is at the tablet: chosen by name, shown to be so by six digits. */
export function EnterForm({
  tablet,
  entered,
}: {
  readonly tablet: ShownTablet;
  readonly entered: () => Promise<void>;
}): ReactNode {
  const { t } = useWords();
  const [who, setWho] = useState<ShownTablet['staff'][number] | null>(null);
  const [pin, setPin] = useState('');
  const [fault, setFault] = useState<Fault | null>(null);
  const [isSending, setSending] = useState(false);
  const type = (next: string): void => {
    setPin(next);
    setFault(null);
    if (next.length === pinLength && who !== null) void send(who.id, next);
  };
  const send = async (personId: string, typed: string): Promise<void> => {
    setSending(true);
    const status = await tell('/tablet/enter', { personId, pin: typed });
    setPin('');
    setSending(false);
    if (status === 204) return entered();
    setFault(status === 401 ? 'tablet.pinWrong' : status === 429 ? 'tablet.tooOften' : 'tablet.notReached');
  };
  const key = useEffectEvent(({ key: pressed }: KeyboardEvent) => {
    if (who === null || isSending) return;
    if (/^\d$/.test(pressed)) type((pin + pressed).slice(0, pinLength));
    if (pressed === 'Backspace') type(pin.slice(0, -1));
  });
  useEffect(() => {
    document.addEventListener('keydown', key);
    return () => document.removeEventListener('keydown', key);
  }, []);
  if (who === null)
    return (
      <>
        <h2 className="ds-heading" data-size="sm">
          {t('tablet.who')}
        </h2>
        {tablet.staff.length === 0 && <p>{t('tablet.nobody')}</p>}
        <ul className="names">
          {tablet.staff
            .toSorted((one, other) => one.name.localeCompare(other.name, 'nb'))
            .map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  className="ds-button"
                  data-variant="secondary"
                  data-fullwidth
                  onClick={() => setWho(one)}
                >
                  {writeName(one.name)}
                </button>
              </li>
            ))}
        </ul>
      </>
    );
  return (
    <div className="pin">
      <h2 className="ds-heading" data-size="sm">
        {t('tablet.pinOf', { name: writeName(who.name) })}
      </h2>
      <p role="status" className="dots">
        <span aria-hidden="true">{'●'.repeat(pin.length).padEnd(pinLength, '○')}</span>
        <span className="ds-sr-only">{t('tablet.typed', { count: pin.length })}</span>
      </p>
      {fault !== null && (
        <p className="ds-alert" data-color="danger" role="alert">
          {t(fault)}
        </p>
      )}
      <div className="keys">
        {digits.map((digit) => (
          <button
            key={digit}
            type="button"
            className="ds-button"
            data-variant="secondary"
            disabled={isSending}
            onClick={() => type((pin + digit).slice(0, pinLength))}
          >
            {digit}
          </button>
        ))}
        <button
          type="button"
          className="ds-button"
          data-variant="tertiary"
          disabled={isSending}
          onClick={() => type(pin.slice(0, -1))}
        >
          {t('tablet.erase')}
        </button>
        <button
          type="button"
          className="ds-button"
          data-variant="tertiary"
          onClick={() => {
            setWho(null);
            setPin('');
            setFault(null);
          }}
        >
          {t('tablet.another')}
        </button>
      </div>
    </div>
  );
}
