export type Box = {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
};

const GAP = 8;

/**
 * Where a panel goes so that it does not cover what it is about: above the first box or below the last, whichever is
 * preferred and has room; where neither has, at the end of the view with less room lost. CSS pixels of the window.
 */
export function place(
  anchor: { readonly first: Box; readonly last: Box },
  size: { readonly width: number; readonly height: number },
  view: Box,
  prefer: 'above' | 'below',
): { left: number; top: number } {
  const above = anchor.first.top - GAP - size.height;
  const below = anchor.last.bottom + GAP;
  const fitsAbove = above >= view.top && above + size.height <= view.bottom;
  const fitsBelow = below + size.height <= view.bottom && below >= view.top;
  const goAbove = prefer === 'above' ? fitsAbove || !fitsBelow : fitsAbove && !fitsBelow;
  const line = goAbove ? anchor.first : anchor.last;
  const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high));
  return {
    left: clamp((line.left + line.right - size.width) / 2, view.left + GAP, view.right - GAP - size.width),
    top: clamp(goAbove ? above : below, view.top, view.bottom - size.height),
  };
}
