import { type Page, readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { z } from 'zod';
import { type AlarmsWanted, readAlarms } from '../usecases/read-alarms.ts';
import type { QueryResolvers, ReadingAlarmResolvers } from './generated/types.ts';
import type { ReadingAlarmModel } from './types.ts';

export const readingAlarm: Pick<ReadingAlarmResolvers, 'id' | 'staffId'> = {
  id: ({ alarmId }) => alarmId,
  staffId: ({ readerId }) => readerId,
};

const placeSchema = z
  .string()
  .transform((key) => key.split('/'))
  .pipe(z.tuple([z.iso.datetime(), z.uuid()]));

/** The place in the list of alarms that a cursor stands for. */
function readAlarmPlace(key: string | null): AlarmsWanted['after'] {
  if (key === null) return null;
  const place = placeSchema.safeParse(key).data;
  if (place === undefined) throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
  return { raisedAt: place[0], alarmId: place[1] };
}

const toAlarmPage = (
  alarms: readonly ReadingAlarmModel[],
  first: number,
  after: string | null,
): Page<ReadingAlarmModel> =>
  toPage(alarms, first, after, ({ raisedAt, alarmId }) => `${raisedAt}/${alarmId}`);

export const readingAlarms: NonNullable<QueryResolvers['readingAlarms']> = async (
  _parent,
  page,
  { deps, actor },
) => {
  const { first, after } = readPage(page);
  const found = await readAlarms(deps, actor, { first, after: readAlarmPlace(after) });
  return found === null ? null : toAlarmPage(found, first, after);
};
