/** A card that would like to stand level with its passage; CSS pixels below the article's top. */
export type Card = { readonly id: string; readonly top: number; readonly height: number };

/**
 * Where cards go so that none covers another: each as near to its passage as the ones before it allow. The active card
 * stands exactly level; those above it make room upwards, those below downwards. Cards come in the order of their passages.
 */
export function layOutCards(
  cards: readonly Card[],
  gap: number,
  activeId: string | null,
): Map<string, number> {
  const tops = new Map<string, number>();
  const active = cards.findIndex((card) => card.id === activeId);
  const pinned = cards[active];
  let floor = Number.NEGATIVE_INFINITY;
  if (pinned !== undefined) {
    tops.set(pinned.id, pinned.top);
    let ceiling = pinned.top;
    // Upwards first, so that a card is only pushed as far as the active one needs.
    const above = stack(cards.slice(0, active), gap, floor);
    for (const card of cards.slice(0, active).reverse()) {
      const top = Math.min(above.get(card.id) as number, ceiling - gap - card.height);
      tops.set(card.id, top);
      ceiling = top;
    }
    floor = pinned.top + pinned.height + gap;
  }
  for (const [id, top] of stack(cards.slice(active + 1), gap, floor)) tops.set(id, top);
  return tops;
}

function stack(cards: readonly Card[], gap: number, from: number): Map<string, number> {
  const tops = new Map<string, number>();
  let floor = from;
  for (const card of cards) {
    const top = Math.max(card.top, floor);
    tops.set(card.id, top);
    floor = top + card.height + gap;
  }
  return tops;
}
