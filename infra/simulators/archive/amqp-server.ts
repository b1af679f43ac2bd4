import type { Server, Socket } from 'node:net';
import {
  Arguments,
  type Frame,
  frame,
  frameMax,
  frameTypes,
  longText,
  shortText,
  table,
  takeFrames,
  u16,
  u32,
  u64,
  u8,
} from './amqp-frames.ts';

export interface Message {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface AmqpOptions {
  /** Whether these credentials may take from this queue. */
  readonly isAllowed: (user: string, password: string, queue: string) => Promise<boolean>;
  /** Somebody has acknowledged a message. */
  readonly onAcknowledged: (id: string) => void;
}

const methods = {
  connectionStart: [10, 10], connectionStartOk: [10, 11], connectionTune: [10, 30], connectionTuneOk: [10, 31],
  connectionOpen: [10, 40], connectionOpenOk: [10, 41], connectionClose: [10, 50], connectionCloseOk: [10, 51],
  channelOpen: [20, 10], channelOpenOk: [20, 11], channelClose: [20, 40], channelCloseOk: [20, 41],
  qos: [60, 10], qosOk: [60, 11], consume: [60, 20], consumeOk: [60, 21], cancel: [60, 30], cancelOk: [60, 31],
  deliver: [60, 60], ack: [60, 80], reject: [60, 90], nack: [60, 120],
} as const; // prettier-ignore
type Method = keyof typeof methods;
const nameOf = new Map(
  Object.entries(methods).map(([name, [group, one]]) => [group * 1000 + one, name as Method]),
);

/**
 * As much of an AMQP 0-9-1 server as Fiks IO shows of its own: whoever has the integration's secrets takes the messages
 * of their account's queue, and acknowledges them by hand. What is not acknowledged comes again. Nothing is published here.
 */
export class AmqpServer {
  readonly #options: AmqpOptions;
  readonly #queues = new Map<string, Message[]>();
  readonly #sessions = new Set<Session>();

  constructor(options: AmqpOptions) {
    this.#options = options;
  }

  /** Takes its own from those who come to an HTTP server, by the first byte that they say: one port is enough for Fiks. */
  sharePortOf(server: Server): void {
    const others = server.listeners('connection');
    server.removeAllListeners('connection');
    server.on('connection', (socket) => {
      socket.on('error', () => socket.destroy());
      socket.once('data', (first) => {
        socket.pause();
        socket.unshift(first);
        if (first[0] === 'A'.charCodeAt(0)) this.#accept(socket);
        else for (const other of others) other.call(server, socket);
        socket.resume();
      });
    });
  }

  queue(name: string): Message[] {
    const known = this.#queues.get(name) ?? [];
    this.#queues.set(name, known);
    return known;
  }

  put(queue: string, message: Message): void {
    this.queue(queue).push(message);
    this.#handOut();
  }

  /** Cuts everybody off, as when the server is restarted. */
  cutOff(): void {
    for (const session of this.#sessions) session.end();
  }

  #accept(socket: Socket): void {
    const session = new Session(
      socket,
      this.#options,
      (queue) => this.queue(queue),
      () => this.#handOut(),
    );
    this.#sessions.add(session);
    socket.on('close', () => {
      this.#sessions.delete(session);
      this.#handOut();
    });
  }

  #handOut(): void {
    const isOut = (message: Message): boolean =>
      [...this.#sessions].some((session) => session.holds(message.id));
    for (const session of this.#sessions) session.handOut(isOut);
  }
}

class Session {
  readonly #socket: Socket;
  readonly #options: AmqpOptions;
  readonly #queueOf: (name: string) => Message[];
  readonly #onConsumer: () => void;
  readonly #out = new Map<number, { readonly message: Message; readonly queue: string }>();
  readonly #consumers: { readonly tag: string; readonly queue: string; readonly channel: number }[] = [];
  #received: Buffer = Buffer.alloc(0);
  #isGreeted = false;
  #tag = 0;
  #credentials: readonly [string, string] = ['', ''];
  #beat: NodeJS.Timeout | undefined;
  #work = Promise.resolve();

  constructor(
    socket: Socket,
    options: AmqpOptions,
    queueOf: (name: string) => Message[],
    onConsumer: () => void,
  ) {
    this.#socket = socket;
    this.#options = options;
    this.#queueOf = queueOf;
    this.#onConsumer = onConsumer;
    socket.on('close', () => clearInterval(this.#beat));
    socket.on('data', (bytes) => {
      this.#work = this.#work.then(() => this.#take(Buffer.from(bytes))).catch(() => this.end());
    });
  }

  holds(id: string): boolean {
    return [...this.#out.values()].some(({ message }) => message.id === id);
  }

  end(): void {
    this.#out.clear();
    this.#socket.destroy();
  }

  handOut(isOut: (message: Message) => boolean): void {
    for (const { tag, queue, channel } of this.#consumers)
      for (const message of this.#queueOf(queue).filter((one) => !isOut(one))) {
        this.#tag += 1;
        this.#out.set(this.#tag, { message, queue });
        const named = [shortText(tag), u64(this.#tag), u8(0), shortText(''), shortText(queue)];
        const head = [u16(60), u16(0), u64(message.body.length), u16(1 << 13), table(message.headers)];
        this.#say('deliver', channel, ...named);
        this.#socket.write(frame(frameTypes.header, channel, Buffer.concat(head)));
        for (let at = 0; at < message.body.length; at += frameMax - 8)
          this.#socket.write(frame(frameTypes.body, channel, message.body.subarray(at, at + frameMax - 8)));
      }
  }

  async #take(bytes: Buffer): Promise<void> {
    this.#received = Buffer.concat([this.#received, bytes]);
    if (!this.#isGreeted) {
      if (this.#received.length < 8) return;
      if (this.#received.subarray(0, 4).toString() !== 'AMQP') throw new Error('not AMQP');
      this.#isGreeted = true;
      this.#received = this.#received.subarray(8);
      this.#say(
        'connectionStart',
        0,
        u8(0),
        u8(9),
        table({ product: 'Fiks IO simulator' }),
        longText('PLAIN'),
        longText('en_US'),
      );
    }
    const { frames, rest } = takeFrames(this.#received);
    this.#received = rest;
    for (const one of frames) if (one.type === frameTypes.method) await this.#answer(one);
  }

  async #answer({ channel, payload }: Frame): Promise<void> {
    const method = nameOf.get(payload.readUInt16BE(0) * 1000 + payload.readUInt16BE(2));
    const given = new Arguments(payload, 4);
    switch (method) {
      case 'connectionStartOk': {
        given.table();
        given.shortText();
        const [, user = '', password = ''] = given.longText().split('\0');
        this.#credentials = [user, password];
        return this.#say('connectionTune', 0, u16(16), u32(frameMax), u16(60));
      }
      case 'connectionTuneOk': {
        given.u16();
        given.u32();
        const seconds = given.u16();
        const beat = (): void => void this.#socket.write(frame(frameTypes.heartbeat, 0, Buffer.alloc(0)));
        if (seconds > 0) this.#beat = setInterval(beat, seconds * 500);
        return undefined;
      }
      case 'connectionOpen':
        return this.#say('connectionOpenOk', 0, shortText(''));
      case 'connectionClose':
        this.#say('connectionCloseOk', 0);
        this.#socket.end();
        return undefined;
      case 'channelOpen':
        return this.#say('channelOpenOk', channel, longText(''));
      case 'channelClose':
        return this.#say('channelCloseOk', channel);
      case 'qos':
        return this.#say('qosOk', channel);
      case 'consume':
        return this.#consume(channel, given);
      case 'cancel': {
        const tag = given.shortText();
        this.#consumers.splice(0, Infinity, ...this.#consumers.filter((one) => one.tag !== tag));
        return this.#say('cancelOk', channel, shortText(tag));
      }
      case 'ack':
        return this.#acknowledge(given.u64());
      case 'nack':
      case 'reject':
        this.#out.delete(given.u64());
        return undefined;
      default:
        return undefined;
    }
  }

  async #consume(channel: number, given: Arguments): Promise<void> {
    given.u16();
    const queue = given.shortText();
    const tag = given.shortText() || `ctag-${this.#consumers.length + 1}`;
    if (!(await this.#options.isAllowed(...this.#credentials, queue)))
      return this.#say('connectionClose', 0, u16(403), shortText('ACCESS_REFUSED'), u16(60), u16(20));
    this.#consumers.push({ tag, queue, channel });
    this.#say('consumeOk', channel, shortText(tag));
    this.#onConsumer();
  }

  #acknowledge(tag: number): void {
    const { message, queue } = this.#out.get(tag) ?? {};
    if (message === undefined || queue === undefined) return;
    this.#out.delete(tag);
    const messages = this.#queueOf(queue);
    messages.splice(messages.indexOf(message), 1);
    this.#options.onAcknowledged(message.id);
  }

  #say(method: Method, channel: number, ...values: readonly Buffer[]): void {
    const [group, one] = methods[method];
    this.#socket.write(frame(frameTypes.method, channel, Buffer.concat([u16(group), u16(one), ...values])));
  }
}
