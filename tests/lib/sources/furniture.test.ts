import { describe, expect, it } from 'vitest';
import { findFurniture } from '@/lib/sources/furniture';

const STORY = [
  'A headline of a story',
  'The committee met on Tuesday to hear what the auditors had found, and it did not like what it heard at all.',
  'Members asked for the comments of the ministry to be read out. “We will share this,” the chair said.',
  'More from the hearing is expected next week, when the minister is to appear before the same committee.',
  'The report itself has not been published. A spokeswoman said that related questions were still being looked into.',
];
const story = STORY.join('\n\n');

describe('findFurniture', () => {
  it.each([
    ['Popular in the Community', "What's Hot"],
    ['What’s Hot', 'A headline of another story', 'Yet another headline'],
    ['Related articles', 'Minister under fire', 'What the auditors found'],
    ['Most read', '1', 'Another story', '2', 'A third one'],
    ['More from Politics', 'One headline', 'Another headline'],
    ['Read more on family policy:', 'One headline'],
    ['You may also like', 'This one weird trick', 'Sponsored stories'],
    [
      'Comments (23)',
      'Anna: I do not agree with this at all, and here is why I think so.',
      'Reply',
      'Ben: Nor do I.',
    ],
    ['Sign up for our newsletter', 'Your e-mail', 'Subscribe'],
    ['Subscribe to the Morning Brief', 'Get the news every day.'],
    ['Share this article', 'Facebook', 'X', 'E-mail'],
    ['Follow us on Mastodon'],
    ['© 2026 The Harbour Ledger. All rights reserved.'],
    ['Copyright 2026 Ledger Media', 'Terms of Use | Privacy Policy'],
    ['We use cookies to improve your experience on this site.', 'Accept all cookies'],
    ['Lire aussi', 'Un autre article'],
    ['Sur le même sujet', 'Un autre article', 'Mentions légales'],
    ['Les plus lus', 'Un autre article'],
    ['Inscrivez-vous à notre newsletter'],
    ['Mehr zum Thema', 'Noch ein Artikel'],
    ['Das könnte Sie auch interessieren', 'Noch ein Artikel', 'Impressum'],
    ['12 Kommentare', 'Anna: Ich sehe das anders.'],
    ['相关阅读', '另一篇文章'],
    ['责任编辑：王小明', '分享到微信'],
    ['版权所有 2026 港口日报'],
  ])('begins at %j', (...lines) => {
    const text = `${story}\n\n${lines.join('\n\n')}`;
    const found = findFurniture(text);
    expect(found?.start).toBe(story.length + 2);
    expect(found?.reason).toContain(' looks like ');
  });

  it('begins at the first of several parts', () => {
    const text = `${story}\n\nShare this\n\nMost popular\n\nA story\n\nComments\n\nNo.\n\n© 2026 Ledger`;
    expect(findFurniture(text)?.start).toBe(story.length + 2);
  });

  it('goes over comments however long they are', () => {
    const comments = Array.from(
      { length: 4 },
      () => 'I have read this twice, and I cannot see how the committee could have decided otherwise.',
    );
    const text = `${story}\n\n${story}\n\nComments (4)\n\n${comments.join('\n\n')}`;
    expect(text.slice(findFurniture(text)?.start)).toMatch(/^Comments \(4\)/);
  });

  it.each([
    ['a story by itself', story],
    ['a story told in short lines', 'Title\n\nOne line\n\nAnother line\n\nThe end'],
    [
      'a heading with the rest of the story below it',
      `${STORY[0]}\n\nRelated\n\n${STORY.slice(1).join('\n\n')}\n\n${story}`,
    ],
    [
      'words of furniture in a sentence',
      `${story}\n\nRead more books, the committee was told, and share this with your friends.`,
    ],
    ['a text that is nothing else', "Popular in the Community\n\nWhat's Hot"],
    ['nothing', ''],
  ])('is not seen in %s', (_words, text) => {
    const found = findFurniture(text);
    // What is offered never takes the beginning of a text.
    if (text.startsWith('Popular')) expect(found?.start ?? text.length).toBeGreaterThan(0);
    else expect(found).toBeNull();
  });
});
