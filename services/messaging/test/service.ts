import { newId } from '@ranselpost/kit/ids';
import { sealPair } from '@ranselpost/kit/testing/seal-pair';
import {
  type Service,
  type ServiceOptions,
  startSubgraphService,
} from '@ranselpost/kit/testing/subgraph-service';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type { Service } from '@ranselpost/kit/testing/subgraph-service';

export const startService = (options: ServiceOptions): Promise<Service> =>
  startSubgraphService('messaging', options, {
    FILE_KEYS: `k:${Buffer.alloc(32, 1).toString('base64')}`,
    FILE_FOLDER: join(tmpdir(), `messaging-files-${newId()}`),
    OUTBOUND_SEAL_KEY: JSON.stringify(sealPair().publicKey),
  });

export const threadById = `query ($id: ID!) {
  thread(id: $id) {
    id subject isOpen startedAt children { id } unit { id } participants { capacity person { id } }
    messages { nodes { id text state author { capacity person { id } } } pageInfo { hasNextPage } }
  }
}`;

const result = `__typename
  ... on MessageSent { sent { id state text homeReaders { id } author { capacity } thread { id } } }
  ... on Refusal { code message }
  ... on TextDiverted { findings { part topic reason start end } }
  ... on TextToReread { findings { part topic reason start end } }
  ... on FeatureClosed { state instead { id } }`;
export const startThread = `mutation ($input: StartThreadInput!) { startThread(input: $input) { ${result} } }`;
export const sendMessage = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { ${result} } }`;

const draft = `id kind subject text unit { id } children { id } answers { id text } alsoGuardians { id } alsoStaff { id }
  leaveOut { guardian { id } cause } broadcast { children urgent places { groupId unit { id } } }
  changedAt keptUntil sendAt notSentBecause`;
export const drafts = `{ drafts(first: 5) { nodes { ${draft} } pageInfo { hasNextPage } } }`;
export const saveDraft = `mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { __typename
  ... on DraftSaved { saved { ${draft} } } ... on Refusal { code } } }`;
export const sendDraft = `mutation ($input: SendDraftInput!) { sendDraft(input: $input) { __typename
  ... on MessageSent { sent { id text receipt { readerCount among } } } ... on DraftScheduled { scheduled { ${draft} } }
  ... on BroadcastStored { broadcast { state } } ... on Refusal { code } ... on SendTimeRefused { earliest latest } } }`;
