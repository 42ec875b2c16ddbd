import type { WebSocket } from 'ws';

/** How often a peer that said nothing meanwhile is asked for a sign, ms. */
const EVERY_MS = 15_000;
/** A peer that was asked so often without an answer is gone: it is cut off 30 to 45 s after its last sign. */
const QUESTIONS = 2;

export type SignsOfLife = {
  /** From now on this socket is kept only while its peer gives signs of life; a browser does so by itself. */
  expect(socket: WebSocket): void;
  stop(): void;
};

/**
 * Cuts sockets off whose peer is gone without having said so, or reads nothing more. Turns are counted, not time: a process that
 * stood still itself knows nothing about the silence of others.
 */
export function createSignsOfLife(everyMs = EVERY_MS): SignsOfLife {
  /** How often each was asked since its last sign, and what had still to be sent to it then, in bytes. */
  const asked = new Map<WebSocket, { questions: number; left: number }>();
  const timer = setInterval(() => {
    for (const [socket, one] of asked) {
      // What we don't read ourselves, while a note is loaded, can't have been said.
      if (socket.isPaused) continue;
      // A question waits behind what was sent before: who still takes that in is there, on a slow line.
      if (socket.bufferedAmount < one.left) one.questions = 0;
      one.left = socket.bufferedAmount;
      if (one.questions >= QUESTIONS) {
        socket.terminate();
        continue;
      }
      one.questions += 1;
      socket.ping();
    }
  }, everyMs);
  timer.unref();
  return {
    expect(socket) {
      const one = { questions: 0, left: 0 };
      const hasSign = () => {
        one.questions = 0;
      };
      asked.set(socket, one);
      socket.on('message', hasSign);
      socket.on('pong', hasSign);
      socket.on('close', () => asked.delete(socket));
    },
    stop() {
      clearInterval(timer);
      asked.clear();
    },
  };
}
