/** What runs in the page itself; each function must hold everything it needs. */

/** Keeps how long each task took that kept the page from answering for more than 50 ms, in `globalThis.longTasks`. */
export function watchLongTasks(): void {
  const kept: number[] = [];
  Object.assign(globalThis, { longTasks: kept });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) kept.push(entry.duration);
  }).observe({ type: 'longtask', buffered: true });
}

/** Scrolls the longest list of the page down, 200 px a frame; answers how long each of 90 frames took, in ms. */
export async function scrollAll(): Promise<number[]> {
  const lists = [...document.querySelectorAll('*')].filter(
    (element) =>
      element.scrollHeight > element.clientHeight + 50 &&
      /auto|scroll/.test(getComputedStyle(element).overflowY),
  );
  const [longest = document.scrollingElement ?? document.body] = lists.sort(
    (a, b) => b.scrollHeight - a.scrollHeight,
  );
  const times: number[] = [];
  while (times.length < 91) {
    times.push(await new Promise<number>((resolve) => requestAnimationFrame(resolve)));
    longest.scrollTop += 200;
  }
  return times.slice(1).map((time, at) => time - (times[at] as number));
}
