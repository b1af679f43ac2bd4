import { type ReactNode, useId, useState } from 'react';
import {
  MyUnits,
  type MyUnitsQuery,
  PairTablet,
  SetPin,
  UnitTablets,
  UnpairTablet,
} from '../../graph/generated/operations.ts';
import { useChange, useGraph } from '../../graph/use-graph.ts';
import { Asked } from '../../parts/asked.tsx';
import { Page } from '../../parts/page.tsx';
import { Said } from '../../parts/said.tsx';
import { Read, Unread } from '../../parts/states.tsx';
import { useWords } from '../../words/words.ts';

type Unit = NonNullable<MyUnitsQuery['viewer']>['roles'][number]['unit'];

/** Shared tablets: the PIN by which one is let in, and for a leader the code that pairs one. */
export default function TabletsPage(): ReactNode {
  const { t } = useWords();
  const answer = useGraph(MyUnits, {});
  return (
    <Page title={t('tablet.make')}>
      <p>{t('tablet.makeLead')}</p>
      <OwnPin />
      <Read from={answer}>
        {({ data: { viewer } }) =>
          viewer === null ? (
            <Unread />
          ) : (
            viewer.roles
              .filter(({ kind, group }) => kind === 'LEADER' && group === null)
              .map(({ unit }) => <Pairing key={unit.id} unit={unit} />)
          )
        }
      </Read>
    </Page>
  );
}

function OwnPin(): ReactNode {
  const { t } = useWords();
  const [pin, setPin] = useState('');
  const id = useId();
  const change = useChange(SetPin);
  const result = change.data?.data.setPin;
  return (
    <section aria-labelledby={`${id}-head`}>
      <h2 className="ds-heading" data-size="sm" id={`${id}-head`}>
        {t('tablet.pin')}
      </h2>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ input: { pin } });
        }}
      >
        <div className="ds-field">
          <label className="ds-label" htmlFor={id}>
            {t('tablet.pinNew')}
          </label>
          <input
            className="ds-input"
            id={id}
            type="password"
            inputMode="numeric"
            autoComplete="off"
            pattern="[0-9]{6}"
            required
            value={pin}
            onChange={({ target }) => setPin(target.value)}
          />
        </div>
        <Said
          error={change.error}
          refusal={result !== undefined && 'message' in result ? result.message : undefined}
        />
        {result?.__typename === 'PinSet' && <p role="status">{t('tablet.pinSet')}</p>}
        {result?.__typename === 'LoginNotFresh' && (
          <a
            className="ds-button"
            data-variant="secondary"
            href={`/login/staff?fresh=true&return=${encodeURIComponent(location.pathname)}`}
          >
            {t('tablet.pinLogin')}
          </a>
        )}
        <button type="submit" className="ds-button" disabled={change.isPending}>
          {t('app.save')}
        </button>
      </form>
    </section>
  );
}

function Pairing({ unit }: { readonly unit: Unit }): ReactNode {
  const { t, instant } = useWords();
  const [name, setName] = useState('');
  const id = useId();
  const change = useChange(PairTablet);
  const made = change.data?.data.pairTablet;
  return (
    <section aria-labelledby={`${id}-head`}>
      <h2 className="ds-heading" data-size="sm" id={`${id}-head`}>
        {unit.name}
      </h2>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ input: { unitId: unit.id, name } });
        }}
      >
        <div className="ds-field">
          <label className="ds-label" htmlFor={id}>
            {t('tablet.name')}
          </label>
          <input
            className="ds-input"
            id={id}
            required
            maxLength={60}
            autoComplete="off"
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </div>
        <Said error={change.error} refusal={undefined} />
        <button type="submit" className="ds-button" disabled={change.isPending}>
          {t('tablet.makeCode')}
        </button>
      </form>
      {made !== undefined && (
        <div role="status" className="ds-card">
          <p>{t('tablet.codeIs', { address: `${location.host}/board`, time: instant(made.codeEndsAt) })}</p>
          <p className="code">{made.code}</p>
        </div>
      )}
      <InUse unitId={unit.id} />
    </section>
  );
}

/** The tablets of a unit, and a way to take one out of use: whoever is let in there is out at once (S-04). */
function InUse({ unitId }: { readonly unitId: string }): ReactNode {
  const { t, instant, day } = useWords();
  const answer = useGraph(UnitTablets, { unitId });
  const unpair = useChange(UnpairTablet);
  return (
    <Read from={answer}>
      {({ data: { unit } }) =>
        unit?.tablets == null ? (
          <Unread />
        ) : (
          <ul className="lines">
            {unit.tablets.map(({ id, name, pairedAt, lastSeenAt, endsAt, closedUntil }) => (
              <li key={id} className="row">
                <span>
                  <strong>{name}</strong>{' '}
                  <span className="quiet">
                    {[
                      pairedAt === null
                        ? t('tablet.waits')
                        : t('tablet.inUse', { day: day(endsAt.slice(0, 10)) }),
                      ...(lastSeenAt === null ? [] : [t('tablet.seen', { time: instant(lastSeenAt) })]),
                      ...(closedUntil === null
                        ? []
                        : [t('tablet.closedUntil', { time: instant(closedUntil) })]),
                    ].join(', ')}
                  </span>
                </span>
                <Asked
                  label={t('tablet.unpair')}
                  of={name}
                  lead={t('tablet.unpairLead')}
                  isPending={unpair.isPending}
                  act={(done) => unpair.mutate({ input: { tabletId: id } }, { onSuccess: done })}
                  error={unpair.error}
                  refusal={undefined}
                />
              </li>
            ))}
          </ul>
        )
      }
    </Read>
  );
}
