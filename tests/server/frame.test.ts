import type { Writable } from 'node:stream';
import * as decoding from 'lib0/decoding';
import { expect, it } from 'vitest';
import * as ws from 'ws';
import { frameOf, messageFrame, textFrameOf } from '@/server/frame';

/** What reads frames in ws; its types leave it out. */
const { Receiver } = ws as unknown as { Receiver: new (options: object) => Writable };

/** What a websocket makes of the bytes it gets. */
async function received(bytes: Buffer): Promise<Buffer[]> {
  const receiver = new Receiver({ isServer: false, binaryType: 'nodebuffer', allowSynchronousEvents: true });
  const messages: Buffer[] = [];
  receiver.on('message', (data: Buffer) => messages.push(data));
  await new Promise<void>((done, fail) => {
    receiver.on('error', fail);
    receiver.end(bytes, () => done());
  });
  return messages;
}

const body = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 7) & 0xff);

it.each([0, 1, 121, 122, 123, 124, 125, 126, 127, 128, 129, 65_530, 65_535, 65_536, 200_000])(
  'a frame around %i bytes is what a websocket reads back, also right after another',
  async (length) => {
    const [plain, framed] = [frameOf(body(length)), messageFrame([0, 2], body(length))];
    const [first, second] = await received(Buffer.concat([plain, framed]));
    expect(first?.equals(body(length))).toBe(true);
    const decoder = decoding.createDecoder(Uint8Array.from(second ?? []));
    expect([decoding.readVarUint(decoder), decoding.readVarUint(decoder)]).toEqual([0, 2]);
    expect(Buffer.from(decoding.readVarUint8Array(decoder)).equals(body(length))).toBe(true);
    expect(decoding.hasContent(decoder)).toBe(false);
  },
);

it.each(['', 'Grüße 🦊', 'é'.repeat(63), 'x'.repeat(126), '漢'.repeat(21_846)])(
  'a frame of text is what a websocket reads back as text (%#)',
  async (text) => {
    expect(String((await received(textFrameOf(text)))[0])).toBe(text);
    const receiver = new Receiver({ isServer: false, allowSynchronousEvents: true });
    const isBinary = await new Promise((done, fail) => {
      receiver.on('error', fail);
      receiver.on('message', (_data: Buffer, binary: boolean) => done(binary));
      receiver.end(textFrameOf(text));
    });
    expect(isBinary).toBe(false);
  },
);
