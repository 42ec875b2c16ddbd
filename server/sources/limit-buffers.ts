const MEBIBYTE = 1_048_576;

/** Bytes that buffers may hold: one alone, and all large ones that were asked for together, kept or not. */
export type BufferLimits = { readonly one: number; readonly all: number };

/**
 * From now on, buffers of bytes in this thread are refused where they go beyond the limits, before their memory is taken: what unpacks a
 * stream grows its buffer as it goes, so a stream that unpacks to gigabytes ends at the first one that is too large. Streams of the
 * platform that unpack count along. `refused` is called each time, as whoever asked may swallow the fault that is thrown. Only for a
 * thread that does one untrusted job and ends.
 */
export function limitBuffers({ one, all }: BufferLimits, refused: () => void): void {
  let asked = 0;
  const ask = (bytes: number): void => {
    if (bytes >= MEBIBYTE) asked += bytes;
    if (bytes <= one && asked <= all) return;
    refused();
    throw new RangeError('More bytes were asked for than may be unpacked');
  };
  const Bytes = globalThis.Uint8Array;
  const limited: typeof Bytes = new Proxy(Bytes, {
    construct(target, given, called): object {
      if (typeof given[0] === 'number') ask(given[0]);
      return Reflect.construct(target, given, called === limited ? target : called);
    },
  });
  globalThis.Uint8Array = limited;
  const Unpacking = globalThis.DecompressionStream;
  globalThis.DecompressionStream = class {
    readonly readable: ReadableStream;
    readonly writable: WritableStream;
    constructor(format: CompressionFormat) {
      const { readable, writable } = new Unpacking(format);
      let bytes = 0;
      const counted = new TransformStream<Uint8Array, Uint8Array>({
        transform(piece, to) {
          bytes += piece.byteLength;
          if (bytes > one) ask(bytes);
          to.enqueue(piece);
        },
      });
      this.writable = writable;
      this.readable = readable.pipeThrough(counted);
    }
  };
}
