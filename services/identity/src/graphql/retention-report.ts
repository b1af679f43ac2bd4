import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { z } from 'zod';
import { placeOfFigure, readFigures, readReport } from '../usecases/read-retention.ts';
import type { QueryResolvers, RetentionReportResolvers } from './generated/types.ts';

export const retentionReport: NonNullable<QueryResolvers['retentionReport']> = async (
  _parent,
  { day },
  { deps, actor },
) => (await readReport(deps, actor, day ?? null)) ?? notFound();

const placeSchema = z
  .string()
  .transform((key) => key.split('/'))
  .pipe(z.tuple([z.uuid(), z.string(), z.string(), z.string()]));

export const retentionReportFields: Pick<RetentionReportResolvers, 'figures'> = {
  figures: async ({ day }, page, { deps, actor }) => {
    const { first, after } = readPage(page);
    const place = after === null ? null : placeSchema.safeParse(after).data;
    if (place === undefined) throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
    const found = (await readFigures(deps, actor, { day, first, after: place })) ?? notFound();
    return toPage(found, first, after, (figure) => placeOfFigure(figure).join('/'));
  },
};

function notFound(): never {
  throw new AppError('NOT_FOUND');
}
