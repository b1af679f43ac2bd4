import {
  accessCopyConfig,
  fromJson,
  migrationConfig,
  serviceConfig,
  subgraphConfig,
} from '@ranselpost/kit/config';
import { sealingKey } from '@ranselpost/kit/keys';
import { z } from 'zod';
import type { Regulation } from './domain/leave-regulation.ts';
import type { SubjectRules } from './domain/subject-absence.ts';

const regulationSchema = z.object({
  rules: z
    .array(
      z.object({
        from: z.iso.date(),
        daysWithoutReason: z.int().min(0).max(190),
        daysInAll: z.int().min(0).max(190),
        complaintTo: z.string().min(1).max(200),
        writtenForm: z.enum(['nb', 'nn']).default('nb'),
      }),
    )
    .default([]),
  examDays: z.array(z.object({ day: z.iso.date(), unitId: z.uuid().nullable().default(null) })).default([]),
});

const subjectSchema = z.object({
  unitIds: z.array(z.uuid()).default([]),
  limits: z
    .array(z.object({ from: z.iso.date(), limitPercent: z.int().min(1).max(100) }))
    .default([{ from: '2025-08-01', limitPercent: 10 }]),
});

export const configSchema = z.object({
  ...subgraphConfig,
  ...accessCopyConfig,
  OUTBOUND_SEAL_KEY: sealingKey.describe(
    'the public key of whoever brings entries to the archive and letters to the post: X25519 as a JWK, with a kid',
  ),
  ASK_STILL_SICK: z
    .enum(['on', 'off'])
    .default('on')
    .describe(
      'whether guardians are asked if a child who was ill on the last day of its unit is still ill; each unit says how early',
    ),
  CAUSE_KEPT_DAYS: z.coerce
    .number()
    .int()
    .min(7)
    .max(366)
    .default(60)
    .describe(
      'days after which it is forgotten why a child was away; at a school so long after the school year has ended',
    ),
  REGISTER_KEPT_YEARS: z.coerce
    .number()
    .int()
    .min(1)
    .max(10)
    .optional()
    .describe(
      'school years for which marks and reports are kept at a school after the one that they are of, and elsewhere one; what certificates are made from is kept for as long as the child is here. Without it so is everything: what is forgotten does not come back, and a municipality decides it in its plan for what is kept',
    ),
  LEAVE_REGULATION: z
    .string()
    .default('{}')
    .transform(fromJson<Regulation>(regulationSchema))
    .describe(
      'the municipality’s own regulation of leave (oppl. § 2-2) as JSON: rules, each with from, daysWithoutReason, daysInAll, complaintTo and writtenForm, and examDays, each with day and unitId; without one no leave is granted',
    ),
  SUBJECT_ABSENCE: z
    .string()
    .default('{}')
    .transform(fromJson<SubjectRules>(subjectSchema))
    .describe(
      'absence by subject, for upper secondary school (ABS-19), as JSON: unitIds, the schools at which it is on, and limits, each with from and limitPercent; by itself it is on at none, and the limit is 10 from August 2025',
    ),
});

/** What the command that prints hashes of the access log reads. */
export const commandSchema = z.object({ DATABASE_URL: serviceConfig.DATABASE_URL });

export const migrationSchema = z.object(migrationConfig);
