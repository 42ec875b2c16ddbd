import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { place, setUpNoteDesk, start } from './note-desk';
import { openTab, synced, type Tab, until } from './note-server';

setUpNoteDesk();

/** The clock of the provider, which took it when it was loaded. */
const now = Date.now;

// Two minutes pass while the sockets stay real: what the stock provider and the rooms count by is the clock alone.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

let tab: Tab;
afterEach(() => tab.close());

/** A tab in which nobody does anything, and that shows nobody. Counts how often its own watchdog hung up. */
async function openQuietly(timings: Parameters<typeof start>[0]) {
  const server = await start(timings);
  tab = openTab(server, place, { readOnly: '1' });
  tab.provider.awareness.setLocalState(null);
  const seen = { hungUp: 0, longest: 0 };
  // With no event it was the provider itself.
  tab.provider.on('connection-close', (event) => {
    if (event === null) seen.hungUp++;
  });
  await synced(tab);
  return seen;
}

/** A second passes, and all that was sent in it arrives. */
async function second(): Promise<void> {
  tab.provider.wsLastMessageReceived -= 1_000;
  vi.advanceTimersByTime(1_000);
  const socket = tab.provider.ws as unknown as WebSocket | null;
  if (socket === null || socket.readyState !== socket.OPEN) return;
  const answered = once(socket, 'pong');
  socket.ping();
  await answered;
}

describe('the watchdog of the stock provider, which hangs up after 30 s of silence', () => {
  it('never does so in a quiet room: something comes in time', async () => {
    const seen = await openQuietly({});
    for (let seconds = 0; seconds < 120; seconds++) {
      await second();
      seen.longest = Math.max(seen.longest, now() - tab.provider.wsLastMessageReceived);
    }
    expect(seen.hungUp).toBe(0);
    expect(tab.provider.wsconnected).toBe(true);
    // It was quiet indeed, and there was time to spare.
    expect(seen.longest).toBeGreaterThan(15_000);
    expect(seen.longest).toBeLessThan(30_000);
  });

  it('would do so in a room that says nothing, and the provider comes back', async () => {
    const seen = await openQuietly({ silence: 3_600_000 });
    for (let seconds = 0; seconds < 60 && seen.hungUp === 0; seconds++) await second();
    expect(seen.hungUp).toBe(1);
    await until(() => tab.provider.synced);
  });
});
