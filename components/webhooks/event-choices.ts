/** What a webhook can hear of, as a person chooses it: names, and what stands for each in the API. */
export const EVENT_CHOICES = [
  { id: 'marks', name: 'Marks', events: ['annotation.*'] },
  { id: 'discussions', name: 'Discussions', events: ['thread.*', 'comment.*'] },
  { id: 'claims', name: 'Claims', events: ['claim.*'] },
  { id: 'follow-ups', name: 'Follow-ups', events: ['follow-up.*'] },
  { id: 'notes', name: 'Notes', events: ['note.*'] },
  { id: 'sources', name: 'Sources', events: ['source.*'] },
  { id: 'codes', name: 'Codes', events: ['code.*'] },
  { id: 'speakers', name: 'Speakers', events: ['speaker.*'] },
  { id: 'passes', name: 'Passes and decisions', events: ['pass.*', 'decision.*'] },
  { id: 'members', name: 'Members', events: ['member.*'] },
] as const;
export type ChoiceId = (typeof EVENT_CHOICES)[number]['id'];

/** The events of these choices. */
export const eventsOf = (chosen: readonly string[]): string[] =>
  EVENT_CHOICES.filter(({ id }) => chosen.includes(id)).flatMap(({ events }) => [...events]);

/** What a webhook hears of, in words; what no choice stands for is named as the API does. */
export function eventWords(events: readonly string[]): string {
  if (events.includes('*')) return 'Everything';
  const named = EVENT_CHOICES.filter((choice) => choice.events.every((one) => events.includes(one)));
  const said = new Set<string>(named.flatMap((choice) => [...choice.events]));
  return [...named.map(({ name }) => name), ...events.filter((one) => !said.has(one))].join(', ');
}
