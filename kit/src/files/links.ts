import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { KeyRing } from '../keys.ts';
import type { PersonActor } from '../pure/actor.ts';
import type { FilePart } from './files.ts';

/** What a link leads to. */
export interface Linked {
  readonly id: string;
  readonly part: FilePart;
}

/** Links to files: for one person in one capacity, and for a few minutes. A link opens nothing that its reader may not see. */
export interface Links {
  make(actor: PersonActor, linked: Linked, now: Date): string;
  /** Undefined for a link that is another's, is over, or was never made: which of them, nobody is told. */
  read(actor: PersonActor, link: string, now: Date): Linked | undefined;
}

const lifeSeconds = 300;
const idBytes = 16;
const headLength = idBytes + 5;
const macBytes = 16;

/** Says neither a name nor a person: an id, a part, when it ends, and a sum over all of it and who it is for. */
export function createLinks(ring: KeyRing): Links {
  const keys = [ring.current, ...ring.keys.keys()].map(
    (id) => new Uint8Array(hkdfSync('sha256', ring.keys.get(id)!, '', 'links to files', 32)),
  );
  const macOf = (key: Uint8Array, head: Buffer, actor: PersonActor): Buffer =>
    createHmac('sha256', key)
      .update(head)
      .update(`${actor.kind} ${actor.personId}`)
      .digest()
      .subarray(0, macBytes);

  return {
    make: (actor, { id, part }, now) => {
      const head = Buffer.alloc(headLength);
      head.write(id.replaceAll('-', ''), 'hex');
      head.writeUInt32BE(Math.floor(now.getTime() / 1000) + lifeSeconds, idBytes);
      head[idBytes + 4] = part === 'whole' ? 0 : 1;
      return Buffer.concat([head, macOf(keys[0]!, head, actor)]).toString('base64url');
    },
    read: (actor, link, now) => {
      const bytes = Buffer.from(link, 'base64url');
      const head = bytes.subarray(0, headLength);
      const mac = bytes.subarray(headLength);
      if (mac.length !== macBytes || !keys.some((key) => timingSafeEqual(mac, macOf(key, head, actor))))
        return undefined;
      if (head.readUInt32BE(idBytes) * 1000 < now.getTime()) return undefined;
      const id = head.subarray(0, idBytes).toString('hex');
      return {
        id: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
        part: head[idBytes + 4] === 0 ? 'whole' : 'thumbnail',
      };
    },
  };
}
