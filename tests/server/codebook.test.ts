import '@/tests/support/test-environment';
import { describe, expect, it } from 'vitest';
import { CODE_COLOURS } from '@/lib/codebook/colours';
import { newId } from '@/lib/new-id';
import { ask, type Call, call } from '@/tests/support/instance';
import { owner, projectId } from '@/tests/support/one-project';

type Code = { id: string; name: string; colour: string; revision: number; deleted: string | null };
const here = (body?: object, codeId?: string, headers?: Record<string, string>): Call => ({
  params: { projectId, ...(codeId && { codeId }) },
  body,
  headers,
});
const make = (body: object) => ask<Code>('code.create', owner, here(body));
const codes = async () => (await ask<{ items: Code[] }>('code.list', owner, here())).items;

describe('The codebook', () => {
  it('gives each new code the next colour in turn', async () => {
    const made: Code[] = [];
    for (let nth = 0; nth < 12; nth++) made.push(await make({ name: `Turn ${nth}` }));
    expect(made.map(({ colour }) => colour)).toEqual([...CODE_COLOURS, ...CODE_COLOURS].slice(0, 12));
  });

  it('has each name once, letter case aside, however many add it at once', async () => {
    await make({ name: 'Denial' });
    expect((await call('code.create', owner, here({ name: 'denial' }))).status).toBe(409);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => call('code.create', owner, here({ name: 'Hearsay' }))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    const other = await make({ name: 'Other' });
    expect((await call('code.update', owner, here({ name: 'DENIAL' }, other.id))).status).toBe(409);
    expect((await call('code.update', owner, here({ name: 'OTHER' }, other.id))).status).toBe(200);
  });

  it('answers the same code for the same id', async () => {
    const id = newId();
    const first = await make({ id, name: 'Twice' });
    expect(await make({ id, name: 'Twice' })).toEqual(first);
    expect((await codes()).filter((code) => code.id === id)).toHaveLength(1);
  });

  it('refuses a change to an older revision, and lets go of a code without its marks', async () => {
    const { id } = await make({ name: 'Changing' });
    await ask('code.update', owner, here({ definition: 'New' }, id, { 'if-match': '"1"' }));
    expect(
      (await call('code.update', owner, here({ definition: 'Late' }, id, { 'if-match': '"1"' }))).status,
    ).toBe(409);
    expect((await ask<Code>('code.delete', owner, here(undefined, id))).deleted).not.toBe(null);
    expect((await codes()).some((code) => code.id === id)).toBe(false);
    expect((await call('code.update', owner, here({ definition: 'Gone' }, id))).status).toBe(404);
  });
});
