import { describe, expect, it } from 'vitest';
import { ClientOwners } from '@/lib/update-gate/client-owners';

const announced = new Map<number, string>();
const owners = new ClientOwners((clientId) => announced.get(clientId) ?? null);
owners.learn([
  { clientId: 1, userId: 'ada', announced: true },
  { clientId: 2, userId: 'ben', announced: false },
  { clientId: 3, userId: null, announced: false },
]);

describe('whose a client id is', () => {
  it('never changes once its page has said that it is theirs', () => {
    expect(owners.ownership(1, 'ada', true)).toBe('own');
    expect(owners.ownership(1, 'ben', true)).toBe('other');
    expect(owners.mayAnnounce(1, 'ben')).toBe(false);
  });

  it('is the program’s where the program wrote it, or where nobody is known for what is there', () => {
    expect(owners.ownership(3, 'ada', true)).toBe('other');
    expect(owners.mayAnnounce(3, 'ada')).toBe(false);
    expect(owners.ownership(4, 'ada', true)).toBe('other');
    expect(owners.ownership(4, 'ada', false)).toBe('new');
  });

  it('goes from who only passed it on to who brings more of it, and says from whom', () => {
    expect(owners.ownership(2, 'ben', true)).toBe('own');
    expect(owners.ownership(2, 'cleo', true)).toBe('new');
    expect(owners.claim([2], 'cleo')).toEqual([
      { clientId: 2, userId: 'cleo', announced: false, from: 'ben' },
    ]);
    expect(owners.ownership(2, 'ben', true)).toBe('new');
  });

  it('is kept for who announced it, also before it is written down', () => {
    announced.set(2, 'ada');
    expect(owners.ownership(2, 'cleo', true)).toBe('other');
    expect(owners.isTakenBack(2, 'ada')).toBe(true);
    expect(owners.claim([2], 'ada')).toEqual([{ clientId: 2, userId: 'ada', announced: true, from: 'cleo' }]);
    expect(owners.isTakenBack(2, 'ada')).toBe(false);
    expect(owners.ownership(2, 'cleo', true)).toBe('other');
  });
});
