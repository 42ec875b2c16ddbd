import { describe, expect, it } from 'vitest';
import { canonicalText } from '@/lib/sources/canonical-text';
import { trimArticle } from '@/lib/sources/trim-article';
import { parseClean, settle } from '@/server/sources/clean-html';

const link = (words: string) => `<a href="https://news.example/other">${words}</a>`;
const SAYS =
  '<p>The council voted on Monday to close the pool, and nobody asked the swimmers what they thought.</p>';
const MORE =
  '<p>“We were not asked,” said Vera Lind, who has swum there every morning since the spring of 1998.</p>';

/** What is left of an article, and the lines that are gone. */
function trimmed(html: string, title = 'Pool to close') {
  const { article, taken } = trimArticle(parseClean(html), title);
  return { left: canonicalText(parseClean(settle(article).html)).text, taken };
}
const whole = (html: string) => canonicalText(parseClean(settle(parseClean(html)).html)).text;

describe('trimArticle', () => {
  it('takes out links to other stories that stand for themselves between paragraphs', () => {
    const html = `${SAYS}<p>${link('Swimmers to march on town hall')}</p><p>Read more: ${link('All about pools')}</p>${MORE}`;
    expect(trimmed(html)).toEqual({
      left: whole(SAYS + MORE),
      taken: ['Swimmers to march on town hall', 'Read more: All about pools'],
    });
  });

  it('takes out a list of nothing but links, with the heading that it stands under at the end', () => {
    const list = `<ul><li>${link('One story')}</li><li>${link('Another story')}</li></ul>`;
    expect(trimmed(`${SAYS}${MORE}<h2>More from the region</h2>${list}`).left).toBe(whole(SAYS + MORE));
    expect(trimmed(`${SAYS}${list}${MORE}`).left).toBe(whole(SAYS + MORE));
  });

  it('keeps links that the words before them announce, and links within words', () => {
    const announced = `${SAYS}<p>These papers say so:</p><ul><li>${link('The minutes')}</li><li>${link('The budget')}</li></ul>${MORE}`;
    const within = `${SAYS}<p>The ${link('minutes of the meeting')} were published a week later, on the ninth of May.</p>`;
    const mixed = `${SAYS}<ul><li>${link('The minutes')}, which name nobody</li><li>${link('The budget')}</li></ul>${MORE}`;
    for (const html of [announced, within, mixed])
      expect(trimmed(html)).toEqual({ left: whole(html), taken: [] });
  });

  it('keeps an address that stands for itself, and headings that are links', () => {
    const html = `${SAYS}<p>${link('https://council.example/minutes')}</p><h2>${link('What comes next')}</h2>${MORE}`;
    expect(trimmed(html)).toEqual({ left: whole(html), taken: [] });
  });

  it('takes out the title, the date and the menu above the first words', () => {
    const menu = `<ul><li>${link('Home')}</li><li>${link('Sports')}</li></ul>`;
    const html = `${menu}<h1>Pool to close</h1><p>Published 4:00 am CST, Wednesday, 20 November 2019</p><p>By Ada Moss</p>${SAYS}${MORE}`;
    expect(trimmed(html).left).toBe(whole(SAYS + MORE));
  });

  it('keeps a standfirst and the headings between the parts of an article', () => {
    const html = `<p>Nobody asked the swimmers</p>${SAYS}<h2>A long history</h2>${MORE}`;
    expect(trimmed(html)).toEqual({ left: whole(html), taken: [] });
  });

  it('takes out what pages say to their readers, and who took a picture, but no caption', () => {
    const html = `${SAYS}<p>Continue reading below</p><figure><figcaption>The pool in May</figcaption></figure><p>(Image credit: A. Moss)</p><p>Sign up for our newsletter</p>${MORE}<p>Follow us on Twitter</p>`;
    expect(trimmed(html).left).toBe(
      whole(`${SAYS}<figure><figcaption>The pool in May</figcaption></figure>${MORE}`),
    );
  });

  it('leaves tables and set text as they are', () => {
    const html = `${SAYS}<table><tbody><tr><td>${link('Pool')}</td><td>${link('Share')}</td></tr></tbody></table><pre>Share</pre>${MORE}`;
    expect(trimmed(html)).toEqual({ left: whole(html), taken: [] });
  });

  it('takes nothing where most of it would go, as of a list of links', () => {
    const links = Array.from(
      { length: 20 },
      (_, n) => `<p>${link(`A story of the number ${n} to read`)}</p>`,
    );
    const html = `${SAYS}${links.join('')}`;
    expect(trimmed(html)).toEqual({ left: whole(html), taken: [] });
  });
});
