import { z } from 'zod';

/** What a notice is of. It decides by which of their choices somebody is told, and whether it waits for the morning. */
export const noticeCategories = [
  'MESSAGE',
  'NEWS',
  /** Something about an absence that somebody has to answer (ABS-12). Waits for nothing. */
  'ABSENCE',
  /** Something about absence that staff are to look at, and that nobody answers (T14, T29, ABS-07). Waits for the morning. */
  'ABSENCE_NEWS',
  /** Leave from school that somebody may object to, or is to decide on (LEA-07). Waits for the morning. */
  'LEAVE',
  /** A child who is missing. Waits for nothing, and cannot be switched off. */
  'CHILD_MISSING',
  /** A place that is offered, or asked about. */
  'PLACE',
  /** There is a decision to read. Told by every address that may be used for it (eForvaltningsforskriften § 8). */
  'DECISION',
] as const;
export type NoticeCategory = (typeof noticeCategories)[number];

/** `URGENT` goes out in quiet hours as well; whoever says so has had the permission and the reason (MSG-15). */
export const noticeImportances = ['ORDINARY', 'URGENT', 'DECISION'] as const;
export type NoticeImportance = (typeof noticeImportances)[number];

/** Recipients of one event. Who has more tells several, under the same `noticeId`, in one transaction. */
export const noticeRecipientsMax = 500;

/**
 * The data of every `<service>.notice.due.v1`: that people are to be told that something waits for them in the portal.
 * It says neither what, nor from whom: a notice has no content of its own (MSG-14, ADR-07). Told in the transaction that
 * stored what it is of. Whoever is named twice under one `noticeId`, in one event or in many, is told once.
 */
export const noticeDueShape = {
  /** One per thing to be told of: the same notice, to however many, however often it is published. */
  noticeId: z.uuid(),
  category: z.enum(noticeCategories),
  importance: z.enum(noticeImportances),
  /**
   * The unit that speaks, whose features hold for the notice (MESSAGING for messages, NEWS for news, ABSENCE for what is
   * about absence, PLACE for places; NOTICES for all): one that is closed or stopped holds it. Null: the municipality.
   */
  unitId: z.uuid().nullable(),
  recipients: z
    .array(
      z.object({
        personId: z.uuid(),
        /** The capacity that they are told in: their choices are kept for each (GUA-24). */
        capacity: z.enum(['guardian', 'staff']),
        /**
         * The children by whom they are told: at the moment of sending they must still have access to one of them
         * (GUA-10). Empty: told for themself, as of an answer to what they asked; no access is asked for.
         */
        childIds: z.array(z.uuid()).max(20),
      }),
    )
    .min(1)
    .max(noticeRecipientsMax),
  /**
   * A named person has let this very notice go, although it is about a protected child (S-08). Whoever is protected themself is told
   * nothing by it all the same. Left out: nobody has.
   */
  isReleased: z.literal(true).optional(),
  /** What there is to open: a thread, a piece of news, a decision. */
  subjectId: z.uuid(),
  occurredAt: z.iso.datetime(),
};

/**
 * The data of every `<service>.notice.dropped.v1`: what has not gone out yet does not go out any more, because it was
 * withdrawn (MSG-17), or has been read, or somebody's right to it ended. Dropped before it is due counts as well.
 */
export const noticeDroppedShape = {
  noticeId: z.uuid(),
  /** Left out: everybody's. */
  recipients: z.array(z.uuid()).max(noticeRecipientsMax).optional(),
};
