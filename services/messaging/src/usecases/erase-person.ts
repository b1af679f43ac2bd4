import type { Tx } from '@ranselpost/kit/database';
import * as attachments from '../store/attachments.ts';
import * as broadcasts from '../store/broadcasts.ts';
import * as calendar from '../store/calendar.ts';
import * as contactForms from '../store/contact-forms.ts';
import * as drafts from '../store/drafts.ts';
import * as mailbox from '../store/mailbox.ts';
import * as meetings from '../store/meetings.ts';
import * as away from '../store/out-of-office.ts';
import * as safetyConcerns from '../store/safety-concerns.ts';
import * as talkRequests from '../store/talk-requests.ts';
import * as news from '../store/news.ts';
import * as threads from '../store/threads.ts';
import * as events from '../store/unit-events.ts';

/**
 * Erases what messaging has of somebody: a child's threads, and of others' that they took part; what they received of what was
 * sent to many, and that they wrote it; their files, and their drafts (RET-08).
 */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await drafts.erasePerson(tx, personId);
  await attachments.erasePerson(tx, personId);
  await threads.erasePerson(tx, personId);
  await mailbox.erasePerson(tx, personId);
  await calendar.erasePerson(tx, personId);
  await talkRequests.erasePerson(tx, personId);
  await away.erasePerson(tx, personId);
  await broadcasts.erasePerson(tx, personId);
  await contactForms.erasePerson(tx, personId);
  await safetyConcerns.erasePerson(tx, personId);
  await meetings.erasePerson(tx, personId);
  await news.erasePerson(tx, personId);
  await events.erasePerson(tx, personId);
}
