const COLOURS = [
  'teal',
  'violet',
  'rose',
  'sky',
  'orange',
  'fuchsia',
  'emerald',
  'indigo',
  'amber',
  'lime',
] as const;

/** The colour name a person has everywhere: caret, avatar, marks coloured by person. */
export function personColour(userId: string): (typeof COLOURS)[number] {
  let sum = 0;
  for (let at = 0; at < userId.length; at += 1) sum = (sum * 31 + userId.charCodeAt(at)) >>> 0;
  return COLOURS[sum % COLOURS.length] as (typeof COLOURS)[number];
}

/** The first letters of a name, on the person's colour. */
export function Avatar({ userId, name, size = 24 }: { userId: string; name: string; size?: number }) {
  const colour = personColour(userId);
  const letters = name
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => Array.from(word)[0])
    .slice(0, 2)
    .join('')
    .toUpperCase();
  return (
    <span
      aria-hidden
      // Drawn by CSS: as text in a button the letters would count as its visible label.
      data-letters={letters || '?'}
      className="inline-grid shrink-0 before:content-[attr(data-letters)] place-items-center rounded-full text-[11px] font-semibold"
      style={{
        width: size,
        height: size,
        background: `var(--code-${colour}-wash)`,
        color: `var(--code-${colour})`,
      }}
    />
  );
}
