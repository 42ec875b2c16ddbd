import * as Y from 'yjs';
import { align } from './align';
import { QUOTE_CHIP, REFERENCE } from './note-content';
import { NOTE_FRAGMENT } from './schema-version';
import { likeness, wordsOf } from './words';

type Child = Y.XmlElement | Y.XmlText;
type Attributes = Record<string, unknown>;
type Value = string | number | boolean;
type Delta = { insert: string; attributes?: Attributes }[];

/**
 * Makes a note read like an earlier state of it by changes of its own, as few as can be: what stayed keeps its
 * authors, and what others type meanwhile is merged as with any other change. Answers the update (version 1), or
 * null when there is nothing to change. `doc` is changed; `goal` is only read.
 */
export function makeLike(doc: Y.Doc, goal: Y.Doc): Uint8Array | null {
  let update: Uint8Array | null = null;
  const take = (made: Uint8Array) => {
    update = made;
  };
  doc.on('update', take);
  doc.transact(() => matchChildren(doc.getXmlFragment(NOTE_FRAGMENT), goal.getXmlFragment(NOTE_FRAGMENT)));
  doc.off('update', take);
  return update;
}

/** Whether two documents read the same, whoever wrote them. */
export function readsTheSame(one: Y.Doc, other: Y.Doc): boolean {
  return readingOf(one) === readingOf(other);
}

/** All that can be read in a note, with its marks and attributes: the same for two documents that read the same. */
export function readingOf(doc: Y.Doc): string {
  return childrenOf(doc.getXmlFragment(NOTE_FRAGMENT)).map(keyOf).join('\n');
}

function matchChildren(live: Y.XmlFragment, goal: Y.XmlFragment): void {
  const [olds, news] = [childrenOf(live), childrenOf(goal)];
  let at = 0;
  for (const step of align(olds, news, keyOf, childLikeness)) {
    if (step.kind === 'removed') live.delete(at, 1);
    else if (step.kind === 'added') live.insert(at++, [(news[step.after] as Child).clone()]);
    else {
      if (step.kind === 'changed') match(olds[step.before] as Child, news[step.after] as Child);
      at++;
    }
  }
}

function match(live: Child, goal: Child): void {
  if (live instanceof Y.XmlText && goal instanceof Y.XmlText) matchText(live, goal);
  else if (live instanceof Y.XmlElement && goal instanceof Y.XmlElement) matchElement(live, goal);
}

function matchElement(live: Y.XmlElement, goal: Y.XmlElement): void {
  const [had, wanted] = [live.getAttributes() as Attributes, goal.getAttributes() as Attributes];
  for (const name of Object.keys(had)) if (!(name in wanted)) live.removeAttribute(name);
  for (const [name, value] of Object.entries(wanted)) {
    // Yjs types attributes as strings; the editor keeps numbers and truth values too.
    if (!isEqual(had[name], value))
      (live as Y.XmlElement<{ [name: string]: Value }>).setAttribute(name, value as Value);
  }
  matchChildren(live, goal);
}

function matchText(live: Y.XmlText, goal: Y.XmlText): void {
  const wanted = deltaOf(goal);
  const [olds, news] = [wordsOf(wordsIn(deltaOf(live))), wordsOf(wordsIn(wanted))];
  let at = 0;
  let [gone, came] = ['', ''];
  const close = () => {
    replace(live, at, gone, came);
    at += came.length;
    [gone, came] = ['', ''];
  };
  const steps = align(olds, news, (word) => word);
  for (const [nth, step] of steps.entries()) {
    if (step.kind === 'removed') gone += olds[step.before];
    else if (step.kind === 'added') came += news[step.after];
    else {
      const word = news[step.after] ?? '';
      // A blank like any other does not hold on to a place between words that went and words that came.
      if (word.trim() === '' && steps[nth - 1]?.kind !== 'same' && steps[nth + 1]?.kind !== 'same') {
        gone += word;
        came += word;
        continue;
      }
      close();
      at += word.length;
    }
  }
  close();
  const now = deltaOf(live);
  if (isEqual(now, wanted)) return;
  const names = now.flatMap(({ attributes = {} }) => Object.keys(attributes));
  const none = Object.fromEntries(names.map((name) => [name, null]));
  live.applyDelta(
    wanted.map(({ insert, attributes }) => ({
      retain: insert.length,
      attributes: { ...none, ...attributes },
    })),
  );
}

/** Letters at either end that stay are not touched: somebody may be typing before or after them. */
function replace(live: Y.XmlText, at: number, gone: string, came: string): void {
  const [olds, news] = [Array.from(gone), Array.from(came)];
  const most = Math.min(olds.length, news.length);
  let [start, end] = [0, 0];
  while (start < most && olds[start] === news[start]) start++;
  while (end < most - start && olds.at(-1 - end) === news.at(-1 - end)) end++;
  const middle = (letters: string[]) => letters.slice(start, letters.length - end).join('');
  const from = at + news.slice(0, start).join('').length;
  const [out, into] = [middle(olds), middle(news)];
  if (out !== '') live.delete(from, out.length);
  if (into !== '') live.insert(from, into);
}

/** Elements and runs of text; nothing else stands in a note. */
function childrenOf(parent: Y.XmlFragment): Child[] {
  return parent
    .toArray()
    .filter((child): child is Child => child instanceof Y.XmlElement || child instanceof Y.XmlText);
}

function deltaOf(text: Y.XmlText): Delta {
  return (text.toDelta() as Delta).filter(({ insert }) => typeof insert === 'string');
}

function wordsIn(delta: Delta): string {
  return delta.map(({ insert }) => insert).join('');
}

function childLikeness(live: Child, goal: Child): number {
  if (live instanceof Y.XmlText && goal instanceof Y.XmlText) return 1;
  if (!(live instanceof Y.XmlElement) || !(goal instanceof Y.XmlElement)) return 0;
  // Another quote is another chip: whoever restores it put it there. So with links to things.
  if (live.nodeName !== goal.nodeName || live.nodeName === QUOTE_CHIP || live.nodeName === REFERENCE)
    return 0;
  return likeness(wordsOfChild(live), wordsOfChild(goal));
}

function wordsOfChild(child: Child): string {
  if (child instanceof Y.XmlText) return wordsIn(deltaOf(child));
  return childrenOf(child).map(wordsOfChild).join(' ');
}

function keyOf(child: Child): string {
  return JSON.stringify(shapeOf(child));
}

function shapeOf(child: Child): unknown {
  if (child instanceof Y.XmlText) {
    return deltaOf(child).map(({ insert, attributes = {} }) => [insert, sorted(attributes)]);
  }
  // A run without text is nothing that could be read.
  const content = childrenOf(child).filter((one) => one instanceof Y.XmlElement || one.length > 0);
  return [child.nodeName, sorted(child.getAttributes()), content.map(shapeOf)];
}

function sorted(attributes: Attributes): [string, unknown][] {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== null)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
