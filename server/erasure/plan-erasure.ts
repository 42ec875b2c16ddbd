import { database } from '../../db/client';
import { countOwn } from '../../db/erasure/account';
import { countAloneKnown, countMade, selectOwnedAlone } from '../../db/erasure/plan';
import type { ErasurePlan } from '../../lib/erasure/erasure';

/** What the tables that only concern a person are called to them; what is not named goes without a word of its own. */
const WORDS: Readonly<Record<string, string>> = {
  sessions: 'sign-ins on devices',
  api_tokens: 'API tokens',
  authenticators: 'authenticator app',
  recovery_codes: 'recovery codes',
  passkeys: 'passkeys',
  notices: 'notices',
  notice_mails: 'mails about notices',
  saved_searches: 'searches saved for yourself alone',
  webhooks: 'webhooks',
};

/** What erasing this person would remove, and what would stay without their name. Nothing is changed. */
export async function planErasure(userId: string): Promise<ErasurePlan> {
  const db = database();
  const [blockedBy, stays, own, aloneKnows] = await Promise.all([
    selectOwnedAlone(db, userId),
    countMade(db, userId),
    countOwn(db, userId),
    countAloneKnown(db, userId),
  ]);
  const goes = own.flatMap(({ table, count }) => {
    const what = WORDS[table];
    return what === undefined ? [] : [{ what, count }];
  });
  return { blockedBy, stays, goes, aloneKnows };
}
