import { RegisterFault } from '@ranselpost/kit/outside/fault';
import { faultOf, jsonOf, openOrigin } from '@ranselpost/kit/outside/http';
import { z } from 'zod';
import { type FiksAccess, askFiks, toMultipart } from '../fiks.ts';

/** Where a letter goes on paper. There is no number in it: without one nothing is delivered but on paper (decision 0031). */
export interface PostalAddress {
  readonly name: string;
  /** One to three lines. */
  readonly lines: readonly string[];
  readonly postalCode: string;
  readonly town: string;
}

export interface Letter {
  /** Our own id of it, by which it is found again. */
  readonly letterId: string;
  readonly title: string;
  readonly to: PostalAddress;
  readonly pdf: Buffer;
}

/** How far a letter has come. A word that we do not know counts as on its way. */
export type LetterStatus = 'UNDER_WAY' | 'PRINTED' | 'REJECTED' | 'BY_HAND';

/** KS SvarUt, version 2. */
export interface Letters {
  /** Hands a letter over, unless it has been: whoever does not know whether a try came through tries again. Answers its id there. */
  send(letter: Letter): Promise<string>;
  statuses(ids: readonly string[]): Promise<ReadonlyMap<string, LetterStatus>>;
  close(): Promise<void>;
}

export interface SvarUtOptions extends FiksAccess {
  /** Ends in `/api`. */
  readonly base: string;
  readonly accountId: string;
}

const register = 'svarut';
const sentSchema = z.object({ id: z.uuid() });
const foundSchema = z.object({ forsendelseIds: z.array(z.string()) });
const statusesSchema = z.object({ statuser: z.array(z.object({ id: z.string(), status: z.string() })) });
const words: Readonly<Record<string, LetterStatus>> = {
  PRINTET: 'PRINTED',
  AVVIST: 'REJECTED',
  IKKE_LEVERT: 'REJECTED',
  MANUELT_HANDTERT: 'BY_HAND',
};

export function openSvarUt(options: SvarUtOptions): Letters {
  const origin = openOrigin({ register, base: options.base, retryAfterUnitMs: 1_000, connections: 4 });
  const account = `/v2/kontoer/${encodeURIComponent(options.accountId)}/forsendelser`;
  const ask = async <Schema extends z.ZodType>(
    question: Parameters<typeof askFiks>[2],
    schema: Schema,
  ): Promise<z.infer<Schema>> => {
    const answer = await askFiks(origin, options, question);
    if (answer.status !== 200 && answer.status !== 201) throw faultOf(answer, register, question.operation);
    const parsed = schema.safeParse(jsonOf(answer, register, question.operation));
    if (parsed.success) return parsed.data;
    throw new RegisterFault('refused', { register, operation: question.operation, code: 'shape' });
  };

  return {
    send: async (letter) => {
      const path = `${account}?eksternRef=${encodeURIComponent(letter.letterId)}`;
      const { forsendelseIds } = await ask(
        { operation: 'find', method: 'GET', path, deadlineMs: 15_000 },
        foundSchema,
      );
      if (forsendelseIds[0] !== undefined) return forsendelseIds[0];
      const { body, contentType } = await toMultipart([
        ['forsendelse', new Blob([JSON.stringify(toOrder(letter))], { type: 'application/json' })],
        [fileName, new Blob([new Uint8Array(letter.pdf)], { type: 'application/pdf' })],
      ]);
      // The vendor's own client waits sixteen minutes; whoever loses patience looks for the letter first.
      const sent = await ask(
        {
          operation: 'send',
          method: 'POST',
          path: account,
          body,
          contentType,
          isOnce: true,
          deadlineMs: 120_000,
        },
        sentSchema,
      );
      return sent.id;
    },
    statuses: async (ids) => {
      const { statuser } = await ask(
        {
          ...{ operation: 'status', method: 'POST', path: `${account}/status-sok`, deadlineMs: 30_000 },
          ...{ body: JSON.stringify({ forsendelseIds: ids }), contentType: 'application/json' },
        },
        statusesSchema,
      );
      return new Map(statuser.map(({ id, status }) => [id, words[status] ?? 'UNDER_WAY']));
    },
    close: () => origin.close(),
  };
}

const fileName = 'brev.pdf';

function toOrder({ letterId, title, to }: Letter): object {
  const lines = to.lines.map((line, place) => [`adresselinje${place + 1}`, line] as const).slice(0, 3);
  return {
    tittel: title,
    mottaker: { navn: to.name, ...Object.fromEntries(lines), postnummer: to.postalCode, poststed: to.town },
    avgivendeSystem: 'ranselpost',
    eksternReferanse: letterId,
    krevNiva4Innlogging: false,
    kryptert: false,
    kunDigitalLevering: false,
    utskriftskonfigurasjon: { utskriftMedFarger: false, tosidig: true },
    dokumenter: [
      { filnavn: fileName, mimeType: 'application/pdf', inneholderPersonsensitivInformasjon: true },
    ],
  };
}
