/**
 * A body that is made piece by piece as it is read, after a first piece that is there already. The work ends when its reader
 * leaves, or takes nothing for `patience` ms: it may hold what others wait for.
 */
export function streamBody(
  first: IteratorResult<Uint8Array>,
  pieces: AsyncGenerator<Uint8Array>,
  patience: number,
): ReadableStream<Uint8Array> {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let ready: IteratorResult<Uint8Array> | null = first;
  const wait = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    waiting = setTimeout(() => {
      controller.error(new Error('The reader took nothing for too long.'));
      void pieces.return(undefined);
    }, patience);
    waiting.unref();
  };
  return new ReadableStream<Uint8Array>(
    {
      start: wait,
      async pull(controller) {
        clearTimeout(waiting);
        const { done, value } = ready ?? (await pieces.next());
        ready = null;
        if (done) return controller.close();
        controller.enqueue(value);
        wait(controller);
      },
      async cancel() {
        clearTimeout(waiting);
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
