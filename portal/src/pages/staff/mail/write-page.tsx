import { type ReactNode, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { useDay } from '../../../day.ts';
import {
  ChildToWriteOf,
  type ChildToWriteOfQuery,
  Drafts,
  MessageReaders,
  type MessageReadersQuery,
} from '../../../graph/generated/operations.ts';
import { useGraph } from '../../../graph/use-graph.ts';
import { Page } from '../../../parts/page.tsx';
import { Read, Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';
import { NotFound } from '../../common/not-found.tsx';
import { KnownContext, useKnown } from '../../inbox/known.ts';
import { ThreadForm } from '../../inbox/thread-form.tsx';
import type { KeptDraft } from '../../inbox/use-draft.ts';
import { AtWork } from '../at-work.tsx';
import type { Roles } from '../work-place.tsx';
import { ClassList } from './class-list.tsx';
import { LeaveOut, type LeftOut, areCausesGiven } from './leave-out.tsx';
import { OfStaff } from './mail-page.tsx';

type Child = NonNullable<ChildToWriteOfQuery['child']>;
type Readers = NonNullable<MessageReadersQuery['messageReaders']>;

/** A message to a child's home: to all who answer for the child, but for who is left out with a cause (MSG-04). */
export default function WritePage(): ReactNode {
  const { t } = useWords();
  const [search] = useSearchParams();
  const kept = useGraph(Drafts, {});
  return (
    <AtWork title={t('write.title')}>
      {({ id, roles }) => (
        <OfStaff viewerId={id}>
          <Read from={kept}>
            {({ data: { drafts } }) => {
              const start = drafts?.nodes.find((draft) => draft.id === search.get('draft'));
              const childId = start?.children[0]?.id ?? search.get('child');
              return childId === null ? (
                <ChooseChild />
              ) : (
                <ToHome key={childId} childId={childId} start={start} roles={roles} />
              );
            }}
          </Read>
        </OfStaff>
      )}
    </AtWork>
  );
}

function ChooseChild(): ReactNode {
  const { t } = useWords();
  return (
    <Page title={t('write.title')}>
      <p>
        <Link to="/inbox/broadcast" className="ds-button" data-variant="secondary">
          {t('broadcast.title')}
        </Link>
      </p>
      <p>{t('mail.chooseChild')}</p>
      <ClassList to={(childId) => `/inbox/new?child=${childId}`} />
      <p>
        <Link to="/" className="ds-link touch">
          {t('mail.chooseOnBoard')}
        </Link>
      </p>
    </Page>
  );
}

interface Writing {
  readonly start: KeptDraft | undefined;
  readonly roles: Roles;
}

function ToHome({ childId, ...writing }: Writing & { readonly childId: string }): ReactNode {
  const answer = useGraph(ChildToWriteOf, { id: childId });
  return (
    <Read from={answer}>
      {({ data: { child }, faults }) =>
        child !== null ? (
          <OfChild child={child} {...writing} />
        ) : faults.get('child') === 'NOT_FOUND' ? (
          <NotFound />
        ) : (
          <Unread />
        )
      }
    </Read>
  );
}

function OfChild({ child, start, roles }: Writing & { readonly child: Child }): ReactNode {
  const { t, name } = useWords();
  const today = useDay();
  const known = useKnown([child]);
  const units = new Map(
    child.enrolments
      .filter(({ from, to }) => from <= today && (to === null || to > today))
      .filter(({ unit }) => roles.some((role) => role.unit.id === unit.id))
      .map(({ unit }) => [unit.id, unit]),
  );
  const [unitId, setUnitId] = useState(start?.unit?.id ?? [...units.keys()][0]);
  const unit = unitId === undefined ? undefined : units.get(unitId);
  return (
    <KnownContext value={known}>
      <Page title={t('mail.writeHome', { name: name(child.name, t('app.child')) })}>
        {units.size > 1 && (
          <fieldset className="ds-fieldset">
            <legend className="ds-label">{t('mail.from')}</legend>
            {[...units.values()].map((one) => (
              <label key={one.id} className="choice">
                <input
                  type="radio"
                  name="unit"
                  className="ds-input"
                  checked={one.id === unitId}
                  onChange={() => setUnitId(one.id)}
                />
                <span>{one.name}</span>
              </label>
            ))}
          </fieldset>
        )}
        {unit === undefined ? (
          <p>{t('write.nowhere')}</p>
        ) : (
          <WhoReads key={unit.id} childId={child.id} unit={unit} start={start} />
        )}
      </Page>
    </KnownContext>
  );
}

interface Place {
  readonly childId: string;
  readonly unit: { readonly id: string; readonly name: string };
  readonly start: KeptDraft | undefined;
}

function WhoReads(place: Place): ReactNode {
  const { t } = useWords();
  const answer = useGraph(MessageReaders, { childIds: [place.childId], unitId: place.unit.id });
  return (
    <Read from={answer}>
      {({ data: { messageReaders }, faults }) =>
        messageReaders !== null ? (
          <Form {...place} readers={messageReaders} />
        ) : faults.size > 0 ? (
          <Unread />
        ) : (
          <p>{t('write.nowhere')}</p>
        )
      }
    </Read>
  );
}

function Form({ childId, unit, start, readers }: Place & { readonly readers: Readers }): ReactNode {
  const { t } = useWords();
  const home = readers.guardians.map(({ person }) => person.id);
  const [leftOut, setLeftOut] = useState<LeftOut>(
    () => new Map(start?.leaveOut.map(({ guardian, cause }) => [guardian.id, cause])),
  );
  const leaveOut = [...leftOut].map(([guardianId, cause]) => ({ guardianId, cause }));
  return (
    <ThreadForm
      thread={{ childIds: [childId], unitId: unit.id, leaveOut }}
      level={readers.guardLevel}
      start={start}
      mayCarry={false}
      mayWait
      isWhole={leftOut.size < Math.max(home.length, 1) && areCausesGiven(leftOut)}
    >
      <LeaveOut home={home} leftOut={leftOut} leave={setLeftOut} />
      <p className="quiet">
        {t(readers.otherStaff === 'ALL_STAFF' ? 'write.allStaff' : 'write.staffInCharge', {
          unit: unit.name,
        })}
      </p>
    </ThreadForm>
  );
}
