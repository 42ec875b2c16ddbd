/** Somebody is named by `@` in a note; `byId` put them there, null where that is not known. */
export type Mention = { readonly userId: string; readonly byId: string | null };

/** Whom a note names more often than before, with whoever named them last. Naming oneself tells nobody anything. */
export function newlyNamed(
  mentions: readonly Mention[],
  before: ReadonlyMap<string, number>,
): { readonly userId: string; readonly byId: string }[] {
  return [...Map.groupBy(mentions, ({ userId }) => userId)].flatMap(([userId, all]) => {
    const byId = all.findLast((one) => one.byId !== null && one.byId !== userId)?.byId ?? null;
    return byId !== null && all.length > (before.get(userId) ?? 0) ? [{ userId, byId }] : [];
  });
}
