import { type LocalDate, addMonths } from '@ranselpost/kit/pure/dates';

/** Applications that came to nothing go twelve months after nobody can appeal any more (RET-12): those of rounds that were over before this day. */
export const applicationsKeptFrom = (today: LocalDate): LocalDate => addMonths(today, -12);
