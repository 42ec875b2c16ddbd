import { describe, expect, it, vi } from 'vitest';
import { streamBody } from '@/app/api/stream-body';

async function begun(patience: number) {
  let isOver = false;
  async function* make() {
    try {
      for (const letter of 'abc') yield new TextEncoder().encode(letter);
    } finally {
      isOver = true;
    }
  }
  const pieces = make();
  const body = streamBody(await pieces.next(), pieces, patience);
  return { body, isOver: () => isOver };
}

describe('A body made piece by piece', () => {
  it('has every piece in order, and ends the work', async () => {
    const { body, isOver } = await begun(1_000);
    expect(await new Response(body).text()).toBe('abc');
    expect(isOver()).toBe(true);
  });

  it('ends the work when its reader leaves, also before anything was read', async () => {
    const { body, isOver } = await begun(1_000);
    await body.cancel();
    expect(isOver()).toBe(true);
  });

  it('ends the work when nobody reads on, and says so to who comes back', async () => {
    const { body, isOver } = await begun(20);
    const reader = body.getReader();
    await reader.read();
    await vi.waitFor(() => expect(isOver()).toBe(true));
    await expect(reader.read()).rejects.toThrow('took nothing for too long');
  });
});
