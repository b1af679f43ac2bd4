/** What is to be handed over to whoever delivers. */
export interface Message {
  /** By what the receiver knows it again, however often it is handed over. */
  readonly deliveryId: string;
  readonly noticeId: string;
  readonly title: string;
  /** What stands in front of the address of the portal. */
  readonly open: string;
  readonly url: string;
  readonly isUrgent: boolean;
}

/** A device that has subscribed, as a browser gives it (W3C Push API). */
export interface Device {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

/** What whoever delivers made of it. `code` is a code and never a text: what they answer can name whom it is for. */
export type Outcome =
  | { readonly kind: 'ACCEPTED'; readonly outsideId: string | null }
  /** For good: there is no such address, or nothing goes there. */
  | { readonly kind: 'REFUSED'; readonly code: string }
  /** Nobody knows, or not now. */
  | { readonly kind: 'AWAY'; readonly code: string; readonly retryInMs?: number };

export interface Sender<Address> {
  send(to: Address, message: Message): Promise<Outcome>;
  close(): Promise<void> | void;
}

/** What became of a text message that was accepted earlier. */
export interface ShipmentStatus {
  readonly sequence: number;
  readonly shipmentId: string;
  readonly status: 'DELIVERED' | 'FAILED' | 'UNDER_WAY';
  readonly code: string;
}

export interface SmsSender extends Sender<string> {
  /** What has changed since a place in the feed, at most some hundreds. */
  statusesSince(sequence: number): Promise<readonly ShipmentStatus[]>;
}

export interface Senders {
  readonly EMAIL: Sender<string>;
  readonly SMS: SmsSender;
  readonly PUSH: Sender<Device>;
}
