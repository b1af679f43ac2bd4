import { type Files, packAsice, unpackAsice } from '@ranselpost/kit/outside/asice';
import { decrypt, encryptTo } from '@ranselpost/kit/outside/cms';
import { element, toDocument } from '@ranselpost/kit/outside/xml';
import { randomUUID } from 'node:crypto';
import { Journal } from '../common/journal.ts';
import { type Wanted, namespaces, readMessage } from './message.ts';

export interface ArchiveAccount {
  readonly accountId: string;
  readonly certificate: string;
  readonly key: string;
}

/** An account that sends to the archive and gets its replies. */
export interface SenderAccount {
  readonly accountId: string;
  readonly certificate: string;
}

export interface Entry extends Wanted {
  readonly systemId: string;
  readonly number: number;
  readonly at: string;
  /** The content of each document, in base64. */
  readonly contents: Readonly<Record<string, string>>;
}

interface Case {
  readonly systemId: string;
  readonly year: number;
  readonly number: number;
}

export interface Received {
  readonly messageId: string;
  readonly type: string;
  readonly body: Buffer;
}

export interface Reply {
  readonly id: string;
  readonly answers: string;
  readonly type: string;
  /** Base64 of what it carries, encrypted; null for nothing. */
  readonly body: string | null;
}

type Line =
  | { readonly received: Omit<Received, 'body'> & { readonly body: string } }
  | { readonly case: Case; readonly key: string }
  | { readonly entry: Entry }
  | { readonly replies: readonly Reply[]; readonly to: string }
  | { readonly acknowledged: string };

const mostBytes = 80 * 1024 * 1024;
export const prefix = 'no.ks.fiks.arkiv.v1';
const createType = `${prefix}.arkivering.arkivmelding.opprett`;

/** An archive behind Fiks IO: opens what comes, checks it, keeps it, and answers with a receipt or with what was wrong. */
export class Archive {
  readonly #account: ArchiveAccount;
  readonly #sender: SenderAccount;
  readonly #journal: Journal<Line>;
  readonly #cases = new Map<string, Case>();
  readonly #entries = new Map<string, Entry>();
  readonly #waiting = new Map<string, Received>();
  readonly #replies = new Map<string, Reply>();

  constructor(account: ArchiveAccount, sender: SenderAccount, file: string | null) {
    this.#account = account;
    this.#sender = sender;
    this.#journal = new Journal<Line>(file);
    for (const line of this.#journal.replay()) this.#apply(line);
  }

  /** Keeps a message until it is looked at. */
  take(received: Received): void {
    this.#commit({ received: { ...received, body: received.body.toString('base64') } });
  }

  waiting(): readonly Received[] {
    return [...this.#waiting.values()];
  }

  /** Replies that nobody has acknowledged. */
  replies(): readonly Reply[] {
    return [...this.#replies.values()];
  }

  acknowledge(id: string): void {
    this.#commit({ acknowledged: id });
  }

  entries(): readonly Entry[] {
    return [...this.#entries.values()];
  }

  caseNumberOf(caseKey: string): string | null {
    const known = this.#cases.get(caseKey);
    return known === undefined ? null : `${known.year}/${known.number}`;
  }

  /** Archives a message, and answers the replies to it. `wish` is what the archive shall say instead of the truth. */
  async handle(
    received: Received,
    wish: 'serverfeil' | 'ugyldigforespoersel' | null,
  ): Promise<readonly Reply[]> {
    const replies: Reply[] = [];
    const reply = async (type: string, files: Files | null): Promise<void> => {
      const body = files === null ? null : await this.#seal(files);
      replies.push({ id: randomUUID(), answers: received.messageId, type, body });
    };
    const fail = (kind: 'serverfeil' | 'ugyldigforespoersel', message: string): Promise<void> =>
      reply(`${prefix}.feilmelding.${kind}`, {
        'feilmelding.xml': Buffer.from(
          toDocument(
            element(
              kind,
              { xmlns: kind === 'serverfeil' ? namespaces.failed : namespaces.invalid },
              element('feilId', {}, randomUUID()),
              element('feilmelding', {}, message),
            ),
          ),
        ),
      });
    try {
      if (wish !== null) throw new Error('slått på i simulatoren');
      if (received.type !== createType) throw new Error('ukjent meldingstype');
      const files = await unpackAsice(
        await decrypt(this.#account.certificate, this.#account.key, received.body, mostBytes),
      );
      const wanted = readMessage(files);
      await reply(`${createType}.mottatt`, null);
      await reply(`${createType}.kvittering`, {
        'arkivmelding-kvittering.xml': Buffer.from(this.#keep(wanted, files)),
      });
    } catch (error) {
      await fail(wish ?? 'ugyldigforespoersel', error instanceof Error ? error.message : 'ukjent feil');
    }
    this.#commit({ replies, to: received.messageId });
    return replies;
  }

  close(): void {
    this.#journal.close();
  }

  /** Answers the receipt. What has come before by the same key is not kept again. */
  #keep(wanted: Wanted, files: Files): string {
    const now = new Date();
    const knownCase = this.#cases.get(wanted.caseKey);
    const known = this.#entries.get(wanted.entryKey);
    if (knownCase === undefined && wanted.caseTitle === null) throw new Error('mappen finnes ikke');
    const file = knownCase ?? {
      systemId: randomUUID(),
      year: now.getFullYear(),
      number: this.#cases.size + 1,
    };
    if (knownCase === undefined) this.#commit({ case: file, key: wanted.caseKey });
    const entry: Entry = known ?? {
      ...wanted,
      systemId: randomUUID(),
      number: this.#entries.size + 1,
      at: now.toISOString(),
      contents: Object.fromEntries(
        wanted.documents.map(({ file: name }) => [name, Buffer.from(files[name]!).toString('base64')]),
      ),
    };
    if (known === undefined) this.#commit({ entry });
    const kode = (code: string) => element('k:kode', {}, code);
    const key = (name: string) =>
      element(
        'referanseEksternNoekkel',
        {},
        element('k:fagsystem', {}, 'ranselpost'),
        element('k:noekkel', {}, name),
      );
    const whether = (isKnown: boolean) =>
      element('opprettetEllerEksisterende', {}, isKnown ? 'Eksisterende' : 'Opprettet');
    return toDocument(
      element(
        'arkivmeldingKvittering',
        { xmlns: namespaces.receipt, 'xmlns:k': namespaces.catalogue, 'xmlns:xsi': namespaces.schema },
        element(
          'mappeKvittering',
          { 'xsi:type': 'saksmappeKvittering' },
          element('systemID', {}, file.systemId),
          element('mappeID', {}, `${file.year}/${file.number}`),
          key(wanted.caseKey),
          whether(knownCase !== undefined),
          element('saksaar', {}, String(file.year)),
          element('sakssekvensnummer', {}, String(file.number)),
        ),
        element(
          'registreringKvittering',
          { 'xsi:type': 'journalpostKvittering' },
          element('systemID', {}, entry.systemId),
          key(entry.entryKey),
          whether(known !== undefined),
          element('journalaar', {}, entry.at.slice(0, 4)),
          element('journalsekvensnummer', {}, String(entry.number)),
          element('journalpostnummer', {}, String(entry.number)),
          element('journalposttype', {}, kode(entry.direction)),
          element('journalstatus', {}, kode('J')),
          element('journaldato', {}, entry.at.slice(0, 10)),
        ),
      ),
    );
  }

  async #seal(files: Files): Promise<string> {
    const sealed = await encryptTo(this.#sender.certificate, await packAsice(files, this.#account));
    return sealed.toString('base64');
  }

  #commit(line: Line): void {
    this.#journal.append(line);
    this.#apply(line);
  }

  #apply(line: Line): void {
    if ('received' in line)
      this.#waiting.set(line.received.messageId, {
        ...line.received,
        body: Buffer.from(line.received.body, 'base64'),
      });
    else if ('case' in line) this.#cases.set(line.key, line.case);
    else if ('entry' in line) this.#entries.set(line.entry.entryKey, line.entry);
    else if ('acknowledged' in line) this.#replies.delete(line.acknowledged);
    else {
      this.#waiting.delete(line.to);
      for (const reply of line.replies) this.#replies.set(reply.id, reply);
    }
  }
}
