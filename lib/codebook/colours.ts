/** Colours a code may have, by name; `components/ui/tokens.css` gives each a light and a dark value. */
export const CODE_COLOURS = [
  'amber',
  'teal',
  'violet',
  'rose',
  'lime',
  'sky',
  'orange',
  'fuchsia',
  'emerald',
  'indigo',
] as const;
