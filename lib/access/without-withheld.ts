import type { Happening } from '../events/event';

/**
 * What is left of a happening for whom these ids (of sources, notes, claims and marks) are withheld by an embargo: entries of lists
 * that name one are left out; `null` where it names one elsewhere, for then it tells of that thing. It looks at all that is there, so
 * that a new kind of happening is judged too.
 */
export function withoutWithheld(happening: Happening, secret: ReadonlySet<string>): Happening | null {
  if (secret.size === 0) return happening;
  const subject = pruned(happening.subject, secret);
  if (subject === NAMES_IT || isNamedAfter(happening, secret)) return null;
  // How many were found once would tell how many are withheld.
  if (happening.type === 'note.query-frozen')
    return { ...happening, subject: { ...happening.subject, total: null } };
  return subject === happening.subject ? happening : ({ ...happening, subject } as Happening);
}

/** Whether a link for guests is called after one of these. */
function isNamedAfter({ type, subject }: Happening, secret: ReadonlySet<string>): boolean {
  if (type !== 'guest-link.created' && type !== 'guest-link.revoked') return false;
  return subject.claimIds.some((id) => secret.has(id));
}

const NAMES_IT = Symbol('names what is withheld');

/** The value without list entries that name a secret; itself where there are none. */
function pruned(value: unknown, secret: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return secret.has(value) ? NAMES_IT : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const kept = value.map((one) => pruned(one, secret)).filter((one) => one !== NAMES_IT);
    return kept.length === value.length && kept.every((one, at) => one === value[at]) ? value : kept;
  }
  const entries = Object.entries(value).map(([key, one]) => [key, pruned(one, secret)] as const);
  if (entries.some(([, one]) => one === NAMES_IT)) return NAMES_IT;
  const same = entries.every(([key, one]) => one === (value as Record<string, unknown>)[key]);
  return same ? value : Object.fromEntries(entries);
}
