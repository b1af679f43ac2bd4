/** What a report of a delivery says became of a mail (RFC 3464). */
export type Bounce =
  /** For good. `isAddress`: nothing can go to that address, and not this one mail alone. */
  | { readonly kind: 'FAILED'; readonly code: string; readonly isAddress: boolean }
  | { readonly kind: 'NOTHING' };

const nothing: Bounce = { kind: 'NOTHING' };

/**
 * Reads the fields of a `message/delivery-status` (RFC 3464 § 2.1): groups divided by empty lines, the first about the message,
 * the others about a recipient each. Only what is said to have failed, with a status that is for good (RFC 3463), counts; what
 * is late, was passed on or is not understood says nothing. Nothing but a code is kept: the words in it name people.
 */
export function readDeliveryStatus(text: string): Bounce {
  const groups = text
    .replaceAll('\r\n', '\n')
    // A field goes on where a line begins with a blank (RFC 5322 § 2.2.3).
    .replaceAll(/\n[ \t]+(?=\S)/g, ' ')
    .split(/\n[ \t]*\n/)
    .map(fieldsOf);
  const recipients = groups.filter((fields) => fields.has('final-recipient') && fields.has('action'));
  if (recipients.length === 0) return nothing;
  // A mail that came to one place and not to another has come.
  if (recipients.some((fields) => fields.get('action') !== 'failed')) return nothing;
  const statuses = recipients.map((fields) => /^5\.(\d{1,3})\.(\d{1,3})\b/.exec(fields.get('status') ?? ''));
  const [first] = statuses;
  if (first == null || statuses.includes(null)) return nothing;
  return {
    kind: 'FAILED',
    code: `DSN_${first[0]}`,
    isAddress: statuses.every((status) => isOfAddress(Number(status![1]), Number(status![2]))),
  };
}

/** No such mailbox or host, moved, or closed; not: full, too big, taken for spam, or a fault of the way there. */
const isOfAddress = (subject: number, detail: number): boolean =>
  (subject === 1 && detail !== 7 && detail !== 8) || (subject === 2 && detail === 1);

/** Names and the values of fields, in small letters. Of one that stands twice the first counts. */
function fieldsOf(group: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of group.split('\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (name !== '' && !fields.has(name))
      fields.set(
        name,
        line
          .slice(colon + 1)
          .trim()
          .toLowerCase(),
      );
  }
  return fields;
}

const uuid = /^b-([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$/;

/** Where a mail goes back to: an address of its own, so that what comes back says of itself which mail it is about. */
export const returnPathOf = (deliveryId: string, domain: string): string => `b-${deliveryId}@${domain}`;

/** The delivery that came back to an address of ours; undefined for any other address. */
export function deliveryOf(address: string, domain: string): string | undefined {
  const at = address.lastIndexOf('@');
  if (at < 0 || address.slice(at + 1).toLowerCase() !== domain.toLowerCase()) return undefined;
  return uuid.exec(address.slice(0, at).toLowerCase())?.[1];
}
