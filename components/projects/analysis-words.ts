import type { Happening } from '@/lib/events/event';
import { type EventWords, words } from './noun-words';

type About = Extract<
  Happening,
  { type: 'note.analysis-frozen' | `analysis.${string}` | `variable.${string}` }
>;

const DID = {
  'analysis.saved': 'saved the analysis',
  'analysis.updated': 'changed the analysis',
  'analysis.deleted': 'deleted the analysis',
  'analysis.restored': 'restored the analysis',
  'variable.created': 'made the variable',
  'variable.updated': 'changed the variable',
  'variable.deleted': 'deleted the variable',
  'variable.restored': 'restored the variable',
} as const;

/** What was done with analyses and variables, as a sentence of the feed. */
export function analysisWords(root: string, happening: About): EventWords {
  const { subject } = happening;
  if (happening.type === 'note.analysis-frozen')
    return words('froze an analysis in', 'a note', `${root}/notes/${happening.subject.noteId}`, subject.name);
  if (happening.type === 'variable.value-set') {
    const { id, of, name } = happening.subject;
    const href = of === 'source' ? `${root}/sources/${id}/versions` : `${root}/speakers/${id}`;
    return words(`set “${name}” of`, `a ${of}`, href);
  }
  const isGone = happening.type.endsWith('.deleted');
  const isAnalysis = happening.type.startsWith('analysis.');
  const href = isGone ? null : isAnalysis ? `${root}/analysis?saved=${subject.id}` : `${root}/analysis`;
  return words(DID[happening.type], `“${subject.name}”`, href);
}

const WEBHOOK_DID = {
  'webhook.created': 'made the webhook to',
  'webhook.updated': 'changed the webhook to',
  'webhook.deleted': 'deleted the webhook to',
  'webhook.disabled': 'switched off the webhook to',
} as const;

/** What became of a webhook, as a sentence of the feed. */
export function webhookWords(
  root: string,
  { type, subject }: Extract<Happening, { type: `webhook.${string}` }>,
): EventWords {
  return words(WEBHOOK_DID[type], subject.host, `${root}/settings#webhooks`);
}
