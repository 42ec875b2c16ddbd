import { CODE_COLOURS } from '../codebook/colours';

type Colour = (typeof CODE_COLOURS)[number];

/** What our colours are in programs that know them by numbers. */
const HEX: Record<Colour, string> = {
  amber: '#F59E0B',
  teal: '#14B8A6',
  violet: '#8B5CF6',
  rose: '#F43F5E',
  lime: '#84CC16',
  sky: '#0EA5E9',
  orange: '#F97316',
  fuchsia: '#D946EF',
  emerald: '#10B981',
  indigo: '#6366F1',
};

/** A colour of ours as `#RRGGBB`. */
export function hexOf(colour: Colour): string {
  return HEX[colour];
}

const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** The colour of ours that comes nearest to `#RGB`, `#RRGGBB` or one of our names; `null` where it is none of these. */
export function nearestColour(given: string): Colour | null {
  const known = CODE_COLOURS.find((name) => name === given);
  if (known) return known;
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(given);
  const hex = short
    ? `#${short
        .slice(1)
        .map((digit) => digit + digit)
        .join('')}`
    : given;
  if (!/^#[\da-f]{6}$/i.test(hex)) return null;
  const wanted = channels(hex);
  const distance = (name: Colour) =>
    channels(HEX[name]).reduce((sum, value, nth) => sum + (value - (wanted[nth] ?? 0)) ** 2, 0);
  return [...CODE_COLOURS].sort((a, b) => distance(a) - distance(b))[0] ?? null;
}
