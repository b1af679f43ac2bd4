import { z } from 'zod';

const typePattern = /^[a-z]+(\.[a-z]+(-[a-z]+)*){2}\.v\d+$/;

/**
 * The envelope around every event: CloudEvents 1.0, structured JSON. `type` is the subject on the bus too. `seq` is the
 * place in the publishing service's own order: it grows by one for each event the service publishes, so a reader that
 * sees a gap knows that something is missing. The header `Ranselpost-About` repeats `subject`, for whoever cannot read the
 * envelope itself.
 */
export const envelopeSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  type: z.string().regex(typePattern),
  source: z.string().min(1),
  subject: z.string().min(1),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  seq: z.int().nonnegative(),
  traceparent: z.string().optional(),
  data: z.unknown(),
});

export type Envelope = z.infer<typeof envelopeSchema>;

export interface EventContract<Data extends z.ZodType = z.ZodType> {
  /** `<service>.<thing>.<what happened>.v<n>`; also the subject on the bus. */
  readonly type: string;
  /** The service that alone may publish it: the first word of the type. */
  readonly source: string;
  /** The field of the data whose value stands in the envelope as `subject`: the id of what the fact is about. */
  readonly about: string;
  readonly data: Data;
}

export type DataOf<Contract extends EventContract> = z.infer<Contract['data']>;

/**
 * Declares a fact that one service tells the others. `about` names the field with the id of the thing it is about; it
 * must be one of the fields. Throws at start where the type does not follow the naming rule.
 */
export function defineEvent<Shape extends z.core.$ZodLooseShape>(
  type: string,
  about: keyof Shape & string,
  shape: Shape,
): EventContract<z.ZodObject<Shape, z.core.$strip>> {
  if (!typePattern.test(type))
    throw new Error(`event type ${type} is not <service>.<thing>.<what-happened>.v<n>`);
  return { type, source: type.slice(0, type.indexOf('.')), about, data: z.object(shape) };
}

/**
 * A content that only two services may read, on a bus that all of them share: a JWE in compact form, made by
 * `kit/seal`. Whoever has no key sees that something was told, to whom it matters, and nothing else (S-10).
 */
export const sealedSchema = z
  .string()
  .regex(/^[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+$/)
  .describe('JWE, compact form, dir + A256GCM');
