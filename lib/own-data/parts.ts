/** The parts of what a person takes out of what concerns them: the file's name, and what it is, in words for them. */
export const OWN_DATA_PARTS = {
  profile:
    'Your name, your e-mail address, one you asked for and have not confirmed, since when you have an account.',
  sessions: 'Where you are and were signed in: when, from which network address, with which browser.',
  tokens: 'Your API tokens: names, what they may do, dates. The tokens themselves are kept nowhere.',
  factors:
    'What you sign in with beside a password: authenticator app, passkeys, recovery codes, by name and date alone.',
  teams: 'The teams you are in.',
  memberships: 'The projects you are in, your role, since when, and how far you have read.',
  annotations:
    'Your marks, codings and quotes, with the passage. Whom a quote was given to is not said: some speakers are protected.',
  comments: 'What you said in discussions. Whom you mention stands there by an id.',
  reactions: 'Your reactions to what others said.',
  threads: 'Discussions that were given to you, or that you resolved.',
  claims: 'Claims you made, own or signed off.',
  evidence: 'Passages you brought to claims, and what you noted about them.',
  'follow-ups': 'Follow-ups you raised or were given.',
  sources: 'Sources, and versions of them, that you brought in.',
  places: 'Marks whose place in a new version you decided.',
  watches: 'Pages you have looked at.',
  codebook: 'Words of codes as you wrote them; merges, splits and deletions you did.',
  passes: 'Passes you made, lead or code in, and how far you are.',
  decisions: 'What you decided where coders differ, and your objections.',
  speakers: 'Speakers you recorded and those you may look up, by id alone: who they are belongs to them.',
  analyses: 'Analyses, searches and variables you keep, and what you froze in notes.',
  notes:
    'Notes you began or wrote in: since when, how often, and how many letters of yours still stand there.',
  'note-work': 'Versions of notes you named or brought back, and sentences you vouched for.',
  invitations: 'Invitation links you made, without the links.',
  'guest-links':
    'Links for people without an account that you made, without the links, and what you wrote to them.',
  webhooks: 'Webhooks you made, without their secrets.',
  notices: 'What you were told of.',
  mails: 'How you want to be told by mail, and mails that wait.',
  activity: 'Each thing you did as the log has it: what, when, in which project, from which network address.',
  account: 'What happened to your account: sign-ins, refused ones, changes.',
  audit: 'What the audit has by you or about you.',
} as const;
export type OwnDataPart = keyof typeof OWN_DATA_PARTS;

/** What the file says of itself. `name` is whose it is, `made` when (ISO 8601). */
export function readmeOf(name: string, made: string): string {
  const parts = Object.entries(OWN_DATA_PARTS).map(([part, what]) => `${part}.jsonl\n    ${what}`);
  return `What Gloss keeps about ${name}, as of ${made}

Each file is JSON Lines: one record a line, in UTF-8, with its fields by name. An empty file means that there is nothing of
that kind. Times are ISO 8601. Positions of passages (start, end) count UTF-16 units of the source's text.

What is in it: all that is kept about you, and what you made, with the project and the title of the source it is in; also in
projects that you left. What is not: what others wrote. Where somebody else changed your words after you left a project, the
words are left out, since those that stand there are theirs ("changedByOthers"). No passwords, tokens, keys or hashes of any.

${parts.join('\n\n')}
`;
}
