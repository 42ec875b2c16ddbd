import { describe, expect, it } from 'vitest';
import {
  admiraltyCode,
  CREDIBILITIES,
  CREDIBILITY_WORDS,
  RELIABILITIES,
  RELIABILITY_WORDS,
} from '@/lib/claims/admiralty';
import { CLAIM_STATUSES, type Claim, ClaimChange, NewClaim } from '@/lib/claims/claim';
import { editClaim } from '@/lib/claims/edit-claim';
import { ClaimStatus, ClaimStatusesGiven, defaultStatuses, keyFor } from '@/lib/claims/status';
import { newId } from '@/lib/new-id';

const projectId = newId();
const signed = {
  wording: 'It was closed.',
  status: 'corroborated',
  owner: null,
  due: null,
  signedOff: { by: { id: newId(), name: 'Ada' }, at: '2026-01-01T00:00:00.000Z', revision: 3 },
  reopened: null,
} as Claim;
const reopened = {
  ...signed,
  signedOff: null,
  reopened: { at: '2026-01-02T00:00:00.000Z', because: 'source-version', sourceId: newId(), version: 2 },
} as Claim;

describe('The Admiralty code', () => {
  it('says each letter and each digit in words', () => {
    for (const one of [...Object.values(RELIABILITY_WORDS), ...Object.values(CREDIBILITY_WORDS)]) {
      expect(one.name.length).toBeGreaterThan(5);
      expect(one.means).toMatch(/^[A-Z].*\.$/);
    }
    expect(RELIABILITIES.map((letter) => RELIABILITY_WORDS[letter].name)).toEqual([
      'Completely reliable',
      'Usually reliable',
      'Fairly reliable',
      'Not usually reliable',
      'Unreliable',
      'Cannot be judged',
    ]);
    expect(CREDIBILITIES.map((digit) => CREDIBILITY_WORDS[digit].name)).toEqual([
      'Confirmed by other sources',
      'Probably true',
      'Possibly true',
      'Doubtful',
      'Improbable',
      'Cannot be judged',
    ]);
  });

  it('is written as a letter and a digit, of which either may be missing', () => {
    expect(admiraltyCode('B', 2)).toBe('B2');
    expect(admiraltyCode('F', null)).toBe('F–');
    expect(admiraltyCode(null, 6)).toBe('–6');
    expect(admiraltyCode(null, null)).toBe(null);
  });
});

describe('An edit of a claim', () => {
  it.each([
    ['another wording', { wording: 'It was open.' }],
    ['another status', { status: 'disputed' }],
  ])('with %s ends the sign-off', (_, edit) => {
    expect(editClaim(signed, edit)).toEqual({ ...signed, ...edit, signedOff: null });
  });

  it.each([
    ['the same wording and status', { wording: 'It was closed.', status: 'corroborated' }],
    ['another day, tags and confidence', { due: '2026-05-01', tags: ['a'], confidence: 'low' as const }],
  ])('with %s leaves it', (_, edit) => {
    expect(editClaim(signed, edit).signedOff).toEqual(signed.signedOff);
  });

  it('with a status, the same one too, or with the word for it says that what re-opened it is seen to', () => {
    expect(editClaim(reopened, { status: 'corroborated' }).reopened).toBe(null);
    expect(editClaim(reopened, { reopened: null }).reopened).toBe(null);
    expect(editClaim(reopened, { wording: 'Other.' }).reopened).toEqual(reopened.reopened);
  });
});

describe('What a claim may hold', () => {
  it.each([
    ['no words', { wording: '  ' }],
    ['more words than 2,000 units', { wording: 'a'.repeat(2_001) }],
    ['more than 20 tags', { wording: 'A', tags: Array.from({ length: 21 }, (_, at) => `t${at}`) }],
    ['a tag of more than 40 units', { wording: 'A', tags: ['a'.repeat(41)] }],
    ['a day that is none', { wording: 'A', due: '2026-02-30' }],
    ['a time for a day', { wording: 'A', due: '2026-02-03T00:00:00Z' }],
    [
      'a letter that is none',
      { wording: 'A', evidence: [{ annotationId: newId(), stance: 'supports', reliability: 'G' }] },
    ],
    [
      'a digit that is none',
      { wording: 'A', evidence: [{ annotationId: newId(), stance: 'supports', credibility: 7 }] },
    ],
    ['a stance that is none', { wording: 'A', evidence: [{ annotationId: newId(), stance: 'proves' }] }],
  ])('is not %s', (_, given) => {
    expect(NewClaim.safeParse(given).success).toBe(false);
  });

  it('is a claim with everything left out but its words, trimmed', () => {
    expect(NewClaim.parse({ wording: ' It was closed. ' })).toEqual({
      wording: 'It was closed.',
      tags: [],
      evidence: [],
    });
    expect(ClaimChange.parse({ owner: null, due: null, reopened: null })).toEqual({
      owner: null,
      due: null,
      reopened: null,
    });
  });
});

describe('The statuses of a project', () => {
  it('begin as the seven of the trade, in their order', () => {
    const statuses = defaultStatuses(projectId);
    expect(statuses.map(({ key }) => key)).toEqual([...CLAIM_STATUSES]);
    expect(statuses.map(({ order }) => order)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    for (const status of statuses) expect(ClaimStatus.parse(status)).toEqual(status);
    expect(ClaimStatusesGiven.safeParse({ statuses }).success).toBe(true);
  });

  it.each([
    ['In review', [], 'in-review'],
    ['  Geprüft – ja! ', [], 'gepruft-ja'],
    ['확인됨', [], null],
    ['!!!', [], 'status'],
    ['Checking', ['checking', 'checking-2'], 'checking-3'],
  ])('make a key of “%s” that a claim can hold', (name, taken, key) => {
    const made = keyFor(name, new Set(taken));
    if (key !== null) expect(made).toBe(key);
    expect(
      ClaimStatusesGiven.safeParse({ statuses: [{ key: made, name, colour: 'sky', isOpen: true }] }),
    ).toMatchObject({ success: true });
  });

  it('are at least one', () => {
    expect(ClaimStatusesGiven.safeParse({ statuses: [] }).success).toBe(false);
  });
});
