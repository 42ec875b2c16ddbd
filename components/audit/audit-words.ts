import type { AuditEntry, AuditKind, Details } from '@/lib/audit/entry';

/** The kinds that a reader can choose, as they are called on the page. */
export const KIND_WORDS: Record<AuditKind, string> = {
  people: 'Members and links',
  refusals: 'Refused access',
  exports: 'Exports',
  deletions: 'Deleted and brought back',
  speakers: 'Protected speakers',
  sources: 'Protected sources',
  project: 'Project and passes',
};

const NOUNS: Record<string, string> = {
  annotation: 'a mark',
  analysis: 'an analysis',
  'follow-up': 'a follow-up',
  variable: 'a variable',
  project: 'the project',
};

const EXPORTS: Record<string, string> = {
  'export.quotes': 'took the table of quotes out',
  'export.gold': 'took the decisions of a pass out',
  'export.agreement-inputs': 'took the codings of a pass out',
};

const named = (details: Details) => String(details.name ?? 'somebody');

const SAID: Record<string, (details: Details) => string> = {
  'project.created': () => 'made the project',
  'project.updated': (details) =>
    typeof details.secondFactor === 'boolean'
      ? `${details.secondFactor ? 'asked members for a second factor' : 'asked for no second factor any more'}`
      : typeof details.readersComment === 'boolean'
        ? `${details.readersComment ? 'let readers comment' : 'stopped readers from commenting'}`
        : `called the project “${named(details)}”`,
  'project.archived': () => 'archived the project',
  'project.unarchived': () => 'brought the project back from the archive',
  'project.limited': (limits) =>
    `set what the project may hold: ${Object.entries(limits)
      .map(([what, of]) => `${what} ${of ?? 'as elsewhere'}`)
      .join(', ')}`,
  'member.added': (details) => `let ${named(details)} in as ${details.role}`,
  'member.updated': (details) => `made ${named(details)} ${details.role}`,
  'member.removed': (details) => `took ${named(details)} out, who was ${details.role}`,
  'invitation.created': (details) =>
    `made a link by which ${details.maxUses} people can come in as ${details.role}`,
  'invitation.revoked': (details) => `revoked a link for the role ${details.role}`,
  'guest-link.created': (details) => `made a guest link to ${linked(details)}`,
  'guest-link.revoked': (details) => `ended a guest link to ${linked(details)}`,
  'guest-link.viewed': ({ what }) => `looked by a guest link (${what})`,
  'claim-status.set': () => 'changed the statuses of claims',
  'pass.revealed': () => 'revealed a blind pass',
  'speaker.protected': ({ knownTo }) =>
    `put a speaker under protection, known to ${Array.isArray(knownTo) ? knownTo.length : 0} members`,
  'speaker.unprotected': () => 'ended the protection of a speaker',
  'speaker.identity-read': (details) =>
    details.shown
      ? 'looked up who a protected speaker is'
      : 'asked who a protected speaker is, and was not told',
  'source.protected': ({ knownTo, until, file }) =>
    `protected a source${until ? ` until ${until}` : ''}${file ? ', with its file' : ''}, for ${
      Array.isArray(knownTo) ? knownTo.length : 0
    } people who are named`,
  'source.unprotected': () => 'ended the protection of a source',
  'source.read': () => 'looked into a protected source',
  'source.passage-protected': ({ knownTo }) =>
    `protected a passage of a source, for ${Array.isArray(knownTo) ? knownTo.length : 0} people who are named`,
  'source.passage-unprotected': () => 'ended the protection of a passage',
  'source.passage-placed': (details) =>
    details.isThere
      ? `said where a protected passage stands in version ${details.version}`
      : `said that a protected passage is not in version ${details.version}`,
  'source.file-read': (details) =>
    details.shown
      ? 'opened the protected file of a source'
      : 'asked for the protected file of a source, and did not get it',
  'export.project': (details) =>
    `took ${details.only ? `one ${details.only}` : 'the project'} out as ${details.format}`,
  'access.refused': refusedWords,
};

const linked = ({ kind, mode }: Details) =>
  `${kind === 'claims' ? 'claims' : `a ${kind}`}, ${mode === 'confirm' ? 'to be confirmed' : 'for comments'}`;

function refusedWords({ why, count, actions }: Details): string {
  const times = count === 1 ? '' : ` ${count} times`;
  const what = Array.isArray(actions) ? ` (${actions.join(', ')})` : '';
  return why === 'not a member'
    ? `was refused${times}: not a member${what}`
    : `was refused${times} by their role${what}`;
}

/** What an entry of the audit says somebody did, to follow their name. */
export function auditWords({ act, details }: Pick<AuditEntry, 'act' | 'details'>): string {
  const say = SAID[act];
  if (say !== undefined) return say(details);
  const exported = EXPORTS[act];
  if (exported !== undefined) return exported;
  const [noun = '', deed] = act.split('.');
  const thing = NOUNS[noun] ?? `a ${noun.replaceAll('-', ' ')}`;
  if (deed === 'deleted') return `deleted ${thing}`;
  if (deed === 'restored') return `brought ${thing} back`;
  return act;
}
