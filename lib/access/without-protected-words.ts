import type { Happening } from '../events/event';

/** In the place of a hash that would let the words be guessed. */
const NO_HASH = '0'.repeat(64);

/**
 * A happening without the words around protected passages of these sources, for whom they are protected: what stands around a mark, the
 * words of what was decided there, and the hash of the whole text. Marks on such a passage are left out before. It looks at all that
 * is there, so that a new kind of happening is judged too.
 */
export function withoutProtectedWords(happening: Happening, redacted: ReadonlySet<string>): Happening {
  if (redacted.size === 0) return happening;
  // How many were found once would tell of words that can't be read.
  if (happening.type === 'note.query-frozen')
    return { ...happening, subject: { ...happening.subject, total: null } };
  if (!names(happening.subject, redacted)) return happening;
  return { ...happening, subject: withoutWords(happening.subject) } as Happening;
}

function names(value: unknown, ids: ReadonlySet<string>): boolean {
  if (typeof value === 'string') return ids.has(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((one) => names(one, ids));
}

function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== 'object' || value === null) return value;
  const made: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(value)) made[key] = withoutWords(one);
  if ('exact' in made && 'prefix' in made && 'suffix' in made) return { ...made, prefix: '', suffix: '' };
  // A coding of the gold layer: where it stands is told, and its words are read where they may be.
  if ('exact' in made && 'codeId' in made) return { ...made, exact: '' };
  return 'hash' in made && 'length' in made ? { ...made, hash: NO_HASH } : made;
}
