import { type Actor, type PersonActor, isPerson } from '@ranselpost/kit/pure/actor';
import {
  type NoticeChannel,
  type NoticeChoices,
  type NoticeKind,
  type NoticeLanguage,
  obligatoryChannels,
} from '@ranselpost/kit/pure/dispatch';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';

/** What somebody has chosen for themself. */
export interface Settings {
  /** Null: none, and the contact register's word counts (KRR-10). */
  readonly language: NoticeLanguage | null;
  readonly notices: NoticeChoices;
  /** Whether a notice may name the child (MSG-14). */
  readonly namesChild: boolean;
  /** When notices that can wait do, by clocks in Norway; null: when the municipality says (MSG-15). */
  readonly quietHours: { readonly from: string; readonly to: string } | null;
  /** When messages and news are told of together, once a day; null: each by itself (N13). */
  readonly digestAt: string | null;
}

/** Browsers of one person, in one capacity, that pushes go to. One more takes the place of the oldest. */
export const devicesMost = 10;

export const nothingChosen: Settings = {
  ...{ language: null, notices: {}, namesChild: false },
  ...{ quietHours: null, digestAt: null },
};

/** What is to be another than it was; what is left out stays. */
export type SettingsChange = Partial<Settings>;

/** Whose settings, and in which of their capacities. */
export interface Owner {
  readonly personId: string;
  readonly capacity: PersonActor['kind'];
}

/** Everybody has settings of their own and nobody those of another, nor of themself in another capacity (GUA-24, S-01). */
export function ownerOf(actor: Actor): Owner {
  if (!isPerson(actor)) throw new AppError('FORBIDDEN');
  return { personId: actor.personId, capacity: actor.kind };
}

export interface NoticeObligatory {
  readonly kind: 'notice-obligatory';
  readonly notice: NoticeKind;
}

/** What somebody has to be told cannot be switched off (N01, ABS-12). */
export function decideSettings(known: Settings, change: SettingsChange): Result<Settings, NoticeObligatory> {
  const wanted = Object.entries(change.notices ?? {}) as [NoticeKind, readonly NoticeChannel[]][];
  const off = wanted.find(([kind, channels]) =>
    obligatoryChannels(kind).some((channel) => !channels.includes(channel)),
  );
  if (off !== undefined) return refuse({ kind: 'notice-obligatory', notice: off[0] });
  return accept({ ...known, ...change, notices: { ...known.notices, ...change.notices } });
}
