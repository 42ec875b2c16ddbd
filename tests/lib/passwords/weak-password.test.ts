import { describe, expect, it } from 'vitest';
import { weaknessOf } from '@/lib/passwords/weak-password';

const LIST = new Set(['password', 'password123', 'manchester', 'dragon', '1qaz2wsx3edc']);
const OWNER = ['Ada Lovelace', 'ada.lovelace@example.org'];
const of = (password: string) => weaknessOf(password, (form) => LIST.has(form), OWNER);

describe('A password', () => {
  it.each([
    'password123',
    'PassWord123',
    'ｐａｓｓｗｏｒｄ123',
    'manchester',
    'Manchester!',
    '2024Manchester',
    '!!password24',
    'passwordpassword',
    'dragondragondragon',
    '1qaz2wsx3edc',
  ])('that is on the list, however it is dressed up, is common: %s', (password) => {
    expect(of(password)).toBe('common');
  });

  it.each(['aaaaaaaaaaaa', 'abcabcabcabc', 'abcdefghijkl', '9876543210', '1111111111', '👍👍👍👍👍👍'])(
    'that repeats itself or counts up is a pattern: %s',
    (password) => {
      expect(of(password)).toBe('pattern');
    },
  );

  it.each([
    'ada lovelace',
    'Ada.Lovelace1',
    'ada.lovelace@example.org',
    'gloss12345'.slice(0, 10),
    'glossgloss',
  ])('that is made of its owner or of the program is theirs: %s', (password) => {
    expect(of(password)).toBe('yours');
  });

  it.each([
    'correct horse battery',
    'a long enough password',
    'manchester by the sea',
    'dragon94812634',
    'long enough 1',
    'Zq7!vB2@mK9#',
    'ada and the lovelaces',
  ])('that is none of these is taken: %s', (password) => {
    expect(of(password)).toBe(null);
  });

  it('of 256 letters that was made to take long is judged at once', () => {
    const began = performance.now();
    for (const letters of [`${'ab'.repeat(127)}cc`, `${'1'.repeat(255)}x`, `${'a'.repeat(255)}1`])
      of(letters);
    expect(performance.now() - began).toBeLessThan(50);
  });
});
