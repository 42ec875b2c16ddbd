import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCodeList, printCodeList } from '@/lib/codebook/code-list';

const short = (text: string) => {
  const { format, codes, faults } = parseCodeList(text);
  return { format, codes: codes.map(({ name, parent }) => [name, parent]), faults };
};

describe('A pasted list of codes', () => {
  it.each([
    ['tabs', 'Denial\n\tFull\n\t\tSworn\n\tPartial\nCost'],
    ['spaces', 'Denial\n  Full\n    Sworn\n  Partial\nCost'],
    ['uneven spaces', 'Denial\n   Full\n     Sworn\n   Partial\nCost'],
    ['a list with dashes', '- Denial\n  - Full\n    - Sworn\n  - Partial\n- Cost'],
    ['a dash for each level', '- Denial\n-- Full\n--- Sworn\n-- Partial\n- Cost'],
    ['paths', 'Denial > Full > Sworn\nDenial > Partial\nCost'],
    ['CSV', 'name,parent\nSworn,Full\nDenial,\nFull,Denial\nPartial,Denial\nCost,'],
  ])('is read by %s', (_, text) => {
    const { codes, faults } = short(text);
    expect(faults).toEqual([]);
    expect(new Map(codes as [string, string | null][])).toEqual(
      new Map([
        ['Denial', null],
        ['Full', 'Denial'],
        ['Sworn', 'Full'],
        ['Partial', 'Denial'],
        ['Cost', null],
      ]),
    );
    const at = (name: string) => codes.findIndex(([each]) => each === name);
    expect(at('Denial')).toBeLessThan(at('Full'));
    expect(at('Full')).toBeLessThan(at('Sworn'));
  });

  it('takes names as they are: a hyphen in one, a bracket, letters of any script', () => {
    expect(short('Follow-up\n(unclear)\n意味\n-5 degrees').codes.map(([name]) => name)).toEqual([
      'Follow-up',
      '(unclear)',
      '意味',
      '-5 degrees',
    ]);
  });

  it('reads definitions with separators, quotes and line breaks from CSV, and the colour', () => {
    const { codes, faults } = parseCodeList(
      'Name;Definition;Colour\n"Denial";"Says ""no""; plainly\nor not";Teal\nCost;;\n',
    );
    expect(faults).toEqual([]);
    expect(codes).toEqual([
      {
        line: 2,
        name: 'Denial',
        parent: null,
        depth: 0,
        definition: 'Says "no"; plainly\nor not',
        colour: 'teal',
      },
      { line: 4, name: 'Cost', parent: null, depth: 0, definition: '' },
    ]);
  });

  it('says of each line that can’t be read what is wrong with it, and reads the rest', () => {
    const { codes, faults } = parseCodeList(
      `name,colour\nDenial,beige\nCost,teal\nDenial,rose,more\n,teal\n${'x'.repeat(121)},`,
    );
    expect(codes.map(({ name }) => name)).toEqual(['Cost']);
    expect(faults.map(({ line }) => line).sort()).toEqual([2, 4, 5, 6]);
    const twice = parseCodeList('A\n\tOther\nB\n\tother');
    expect(twice.codes.map(({ name }) => name)).toEqual(['A', 'Other', 'B']);
    expect(twice.faults).toEqual([{ line: 4, why: expect.stringContaining('line 2') }]);
  });

  it('is the same after it was printed and read again', () => {
    const name = fc
      .stringMatching(/^[A-Za-z0-9äöü(][A-Za-z0-9 äöü()-]{0,20}$/)
      .map((one) => one.trim())
      .filter((one) => one !== '' && one !== 'name');
    const list = fc
      .uniqueArray(fc.tuple(name, fc.nat(5)), { selector: ([one]) => one.toLowerCase(), maxLength: 30 })
      .map((rows) => {
        let above = -1;
        return rows.map(([called, wanted]) => {
          above = Math.min(wanted, above + 1);
          return { name: called, depth: above };
        });
      });
    fc.assert(
      fc.property(list, (codes) => {
        const read = parseCodeList(printCodeList(codes));
        expect(read.faults).toEqual([]);
        expect(read.codes.map(({ name, depth }) => ({ name, depth }))).toEqual(codes);
      }),
      { numRuns: 500, seed: 20 },
    );
  });
});
