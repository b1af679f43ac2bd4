import {
  accessCopyConfig,
  fromJson,
  migrationConfig,
  serviceConfig,
  subgraphConfig,
} from '@ranselpost/kit/config';
import { filesConfig } from '@ranselpost/kit/files/config';
import { openingKeys, sealingKey } from '@ranselpost/kit/keys';
import { z } from 'zod';
import type { LetterRules } from './domain/decided.ts';
import type { PriceLists } from './domain/price-list.ts';

const ratesSchema = z.object({
  maxMonthly: z.number().min(0),
  months: z.int().min(1).max(12),
  incomePct: z.number().min(0).max(1),
  siblingDiscount: z.array(z.number().min(0).max(1)).min(1),
  siblingBase: z.enum(['own', 'firstChild']),
  coreHours: z.number().min(0),
  coreIncomeLimit: z.number().min(0),
  combine: z.enum(['lowerOf', 'incomeThenCore']),
  roundTo: z.literal([1, 0.01]),
});

const monthSchema = z.string().regex(/^(0[1-9]|1[0-2])$/, 'must be a month, as 07');

const priceListsSchema = (freeGrades: readonly number[] | null) =>
  z
    .array(
      z
        .object({
          from: z.iso.date(),
          rates: ratesSchema,
          places: z
            .array(z.object({ weeklyHours: z.int().min(1).max(60), listPrice: z.number().min(0) }))
            .min(1),
          food: z.number().min(0),
          freeMonths: z.array(monthSchema),
          reductionEnds: monthSchema,
          countsFirstDay: z.boolean(),
          freeGrades: z.array(z.int().min(1).max(10)).optional(),
        })
        .transform(({ from, freeGrades: grades = freeGrades, ...list }) => ({
          from,
          value: { ...list, freeGrades: grades },
        })),
    )
    .default([]);

const pricesSchema = z.object({
  kindergarten: priceListsSchema(null),
  afterSchool: priceListsSchema([]),
});

const lettersSchema = z.object({
  municipality: z.string().min(1).max(200).default('kommunen'),
  writtenForm: z.enum(['nb', 'nn']).default('nb'),
  appealBodies: z
    .object({
      admission: z.string().min(1).max(200).default('kommunens klageorgan'),
      payment: z.string().min(1).max(200).default('kommunens klageorgan'),
    })
    .prefault({}),
});

export const configSchema = z.object({
  ...subgraphConfig,
  ...accessCopyConfig,
  ...filesConfig,
  PLACEMENT_OPEN_KEYS: openingKeys.describe(
    'private keys of what identity tells of children, sealed for us: X25519 as a JWK or a set of them, each with a kid',
  ),
  PLACE_PRICES: z
    .string()
    .default('{}')
    .transform(fromJson<PriceLists>(pricesSchema))
    .describe(
      'what the municipality takes for places, as JSON: kindergarten and afterSchool, each a list with from, rates, places, food, freeMonths, reductionEnds, countsFirstDay and, after school, freeGrades; without one no price is told',
    ),
  OUTBOUND_SEAL_KEY: sealingKey.describe(
    'the public key of whoever brings entries to the archive and letters to the post: X25519 as a JWK, with a kid',
  ),
  ADMISSION_LETTERS: z
    .string()
    .default('{}')
    .transform(fromJson<LetterRules>(lettersSchema))
    .describe(
      'what letters about admission say, as JSON: municipality, writtenForm (nb or nn), and appealBodies with admission and payment, who decides on appeals (ADM-04)',
    ),
  KINDERGARTEN_YEAR_BEGINS: z
    .string()
    .regex(/^08-(0[1-9]|[12]\d|3[01])$/, 'must be a day in August, as 08-01')
    .default('08-01')
    .describe(
      'the day on which a kindergarten year begins, for whoever asks before applying; each round has its own',
    ),
});

export const migrationSchema = z.object(migrationConfig);

/** For commands that work with the database alone. */
export const commandSchema = z.object({ DATABASE_URL: serviceConfig.DATABASE_URL });
