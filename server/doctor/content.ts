import { database } from '../../db/client';
import { everyNote, readGivenUpWebhooks, readMailQueue } from '../../db/health';
import { loadNote } from '../../db/note-log';
import { selectMiscounted } from '../../db/usage';
import { noteKeyOf } from '../../lib/access/note-key';
import { type Finding, finding } from '../../lib/doctor/finding';
import { salvage } from '../../lib/notes/salvage';
import { verifyAudit } from '../audit/verify-audit';

/** A mail that is due this long (s) is stuck: the mailer looks every few seconds, and tries again within the hour. */
const STUCK_S = 2 * 3600;
/** So many damaged notes, or hosts, are named. */
const NAMED = 5;

/** Whether mails leave. `sends`: mail is set up. */
export async function judgeMails(sends: boolean): Promise<Finding[]> {
  const { due, oldestSeconds, gaveUp } = await readMailQueue(database());
  const hours = Math.floor(oldestSeconds / 3600);
  const why = sends
    ? "look for 'a mail about notices' in the log"
    : 'SMTP_URL is not set, so nobody sends them';
  return [
    finding(
      oldestSeconds < STUCK_S,
      `${due} mails wait to be sent`,
      `${due} mails wait, the first since ${hours} hours: ${why}`,
    ),
    finding(
      gaveUp === 0,
      'no mail was given up in the last week',
      `${gaveUp} mails were given up in the last week: the mail server would not have them; look at its answers in the log`,
    ),
  ];
}

/** Whether webhooks were given up. Their addresses are secrets, so that only hosts are named. */
export async function judgeWebhooks(): Promise<Finding> {
  const hosts = await readGivenUpWebhooks(database());
  const named = [...new Set(hosts)].slice(0, NAMED).join(', ');
  return finding(
    hosts.length === 0,
    'no webhook was given up in the last week',
    `${hosts.length} ${hosts.length === 1 ? 'webhook was' : 'webhooks were'} given up in the last week (${named}): whoever made one finds why in Settings → Webhooks of the project, and can switch it on again; where it was all of them, look whether this machine gets out`,
  );
}

/** Whether the audit is as it was written. Reads all of it. */
export async function judgeAudit(): Promise<Finding> {
  const verdicts = await verifyAudit();
  const wrong = verdicts.filter(({ faults }) => faults.length > 0);
  const entries = verdicts.reduce((sum, { head }) => sum + head.nr, 0);
  return finding(
    wrong.length === 0,
    `the audit is as it was written, ${entries} entries in ${verdicts.length} chains`,
    `the audit of ${wrong.map(({ name }) => name).join(', ')} was changed by hand: gloss audit verify says where; compare with a backup`,
  );
}

/** Whether as many marks were counted as there are. Reads all of them. */
export async function judgeUsage(): Promise<Finding> {
  const wrong = await selectMiscounted(database());
  const named = wrong.slice(0, NAMED).map(({ projectId }) => projectId);
  return finding(
    wrong.length === 0,
    'the marks of every project are counted right',
    `the marks of ${wrong.length} projects are counted wrong (${named.join(', ')}): gloss project limits PROJECT counts them afresh`,
  );
}

/** Whether every note opens whole. Reads all of them. */
export async function judgeNotes(): Promise<Finding> {
  const damaged: string[] = [];
  let count = 0;
  for await (const { projectId, id } of everyNote(database())) {
    const { doc, isDamaged } = salvage(await loadNote(database(), noteKeyOf({ projectId }, id)));
    doc.destroy();
    count += 1;
    if (isDamaged) damaged.push(`/projects/${projectId}/notes/${id}`);
  }
  const named = damaged.slice(0, NAMED).join(', ');
  const more = damaged.length > NAMED ? ` and ${damaged.length - NAMED} more` : '';
  return finding(
    damaged.length === 0,
    `${count} notes open whole`,
    `${damaged.length} of ${count} notes are damaged and shown as they were before: open their history and restore a version (${named}${more})`,
  );
}
