import { isObject } from './parse.ts';

/** Whether an event's document says that an entry of parental responsibility never was. Null when it cannot be read. */
export function annulsResponsibility(document: unknown): boolean | null {
  const event = isObject(document) ? document['hendelse'] : undefined;
  const changes = isObject(event) ? event['egenskapshendelse'] : undefined;
  if (!Array.isArray(changes)) return null;
  return changes.some(
    (change: unknown) =>
      isObject(change) && change['entitet'] === 'foreldreansvar' && change['entitetsendring'] === 'annullere',
  );
}
