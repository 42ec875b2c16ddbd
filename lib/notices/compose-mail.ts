import { shorten } from '../words/shorten';
import type { Notice } from './notice';
import { noticeWords } from './notice-words';

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (letter) => ESCAPES[letter] as string);

export type Mail = { readonly subject: string; readonly text: string; readonly html: string };

/**
 * One mail that tells of these notices, oldest first: as plain text, and as calm html that says the same. `address` is the
 * instance's own, `today` the day it is sent on (YYYY-MM-DD, in UTC). @throws Error when there are none.
 */
export function composeMail(
  notices: readonly Notice[],
  kind: 'at-once' | 'daily',
  { address, today }: { address: string; today: string },
): Mail {
  const [first] = notices;
  if (first === undefined) throw new Error('A mail without notices says nothing');
  const at = (path: string) => new URL(path, address).href;
  const settings = at('/account/notices');
  const count = notices.length === 1 ? 'one thing' : `${notices.length} things`;
  const subject = kind === 'at-once' ? noticeWords(first, today).sentence : `Your day in Gloss: ${count}`;
  const projects = Map.groupBy(notices, ({ project }) => project.id);
  const text: string[] = [];
  const html: string[] = [];
  for (const of of projects.values()) {
    const name = of[0]?.project.name ?? '';
    text.push(name, '');
    html.push(`<p style="margin:24px 0 8px;color:#6b6459">${escaped(name)}</p>`);
    for (const notice of of) {
      const { sentence, quote, path } = noticeWords(notice, today);
      text.push(`${sentence}.`);
      if (quote !== null) text.push(...quote.split('\n').map((line) => `> ${line}`));
      text.push(at(path), '');
      html.push(
        `<p style="margin:0 0 4px">${escaped(sentence)}.</p>`,
        quote === null
          ? ''
          : `<blockquote style="margin:0 0 4px;padding-left:12px;border-left:2px solid #d8d2c6;white-space:pre-wrap">${escaped(quote)}</blockquote>`,
        `<p style="margin:0 0 20px"><a href="${escaped(at(path))}">Open it in Gloss</a></p>`,
      );
    }
  }
  const why = 'You get this because of what you chose about notices.';
  text.push(`${why} Choose what comes by mail, or none of it: ${settings}`);
  html.push(
    `<p style="margin:24px 0 0;color:#6b6459;font-size:13px">${why} <a href="${escaped(settings)}">Choose what comes by mail, or none of it</a>.</p>`,
  );
  return {
    subject: shorten(subject, 150),
    text: text.join('\n'),
    html: `<!doctype html><html lang="en"><body style="margin:0;padding:24px;font:16px/1.5 Georgia,serif;color:#26221c"><div style="max-width:36em">${html.join('')}</div></body></html>`,
  };
}
