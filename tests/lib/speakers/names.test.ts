import { describe, expect, it } from 'vitest';
import { eachName, isNameLike, keyOf, kindOfName } from '@/lib/speakers/names';

describe('A name', () => {
  it.each([
    ['Berg', true],
    ['Karl Berg', true],
    ['Émile', true],
    ['he', false],
    ['She', false],
    ['Elle', false],
    ['the spokesperson', false],
    ['The spokesperson', false],
    ['The Post', true],
    ['A clerk', false],
    ['', false],
  ])('“%s” calls somebody elsewhere, too: %s', (name, expected) => {
    expect(isNameLike(name)).toBe(expected);
  });

  it.each([
    ['Karl Berg', 'Person'],
    ['Ministry of Works', 'Organization'],
    ['The Times', 'Organization'],
    ['Officer Lund', 'Person'],
    ['Office of the Auditor', 'Organization'],
  ])('“%s” is taken for a %s', (name, kind) => {
    expect(kindOfName(name)).toBe(kind);
  });

  it('is the same without accents, case and doubled spaces', () => {
    expect(keyOf(' Inge  ÖZDEMIR ')).toBe('inge ozdemir');
    expect(eachName(['Berg', 'BERG', ' ', 'Karl Berg'], ['karl  berg'])).toEqual(['Berg']);
  });
});
