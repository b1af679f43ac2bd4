import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';
import type { ExpectedChild } from '../domain/expected.ts';
import { stayJson } from './stays.ts';

export interface ExpectedWanted {
  readonly unitId: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

type Of<Row> = readonly (Row & { readonly childId: string })[];

/** What was said beforehand of children at a unit, as far as whoever asks may read it. */
export interface KnownOfPeriod {
  readonly said: Of<ExpectedChild['said'][number]>;
  readonly stays: ExpectedChild['stays'];
  readonly answers: Of<ExpectedChild['answers'][number]>;
}

/** One statement, however many children and days. */
export async function known(tx: Tx, { unitId, from, to }: ExpectedWanted): Promise<KnownOfPeriod> {
  const [row] = await tx.execute<{ known: KnownOfPeriod }>(sql`
    select json_build_object(
      'stays', (select coalesce(json_agg(${stayJson}), '[]') from stay
        where unit_id = ${unitId} and (day is null or day between ${from} and ${to})),
      'answers', (select coalesce(json_agg(json_build_object('childId', child_id, 'day', day, 'part', part)), '[]') from (
        select distinct on (child_id, answer.day) child_id, answer.day, part from holiday_answer answer
        join holiday_survey survey on survey.id = answer.survey_id and survey.withdrawn_at is null
        where answer.unit_id = ${unitId} and answer.day between ${from} and ${to}
        order by child_id, answer.day, nth desc) as last),
      'said', (select coalesce(json_agg(json_build_object('childId', absence.child_id, 'day', day, 'kind', part.kind,
          'at', to_char(part.at, 'HH24:MI'), 'isLeave', coalesce(cause.cause = 'LEAVE', false))), '[]')
        from absence left join absence_cause cause on cause.absence_id = absence.id
        cross join lateral (values ('AWAY', null::time, arrives_at is null and leaves_at is null),
          ('LATE', arrives_at, arrives_at is not null), ('LEFT_EARLY', leaves_at, leaves_at is not null)) as part(kind, at, is_said)
        where absence.unit_id = ${unitId} and day between ${from} and ${to} and withdrawn_at is null and part.is_said)) as known`);
  return row!.known;
}
