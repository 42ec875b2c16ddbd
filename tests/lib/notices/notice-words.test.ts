import { expect, it } from 'vitest';
import { FollowUpNotice } from '@/lib/notices/notice';
import { noticeWords } from '@/lib/notices/notice-words';

const ID = '01a21a2a-994c-769b-8f7e-995235d9539b';
const dueNotice = (state: string) =>
  FollowUpNotice.parse({
    id: ID,
    project: { id: ID, name: 'Bridges' },
    path: '/',
    created: '2026-12-05T00:00:30.000Z',
    seen: null,
    kind: 'follow-up-due',
    followUp: { id: ID, kind: 'task', wording: 'Call the clerk', due: '2026-12-05', state },
    by: null,
  });

it.each([
  ['open', '2026-12-04', 'A task of yours is due on December 5'],
  ['open', '2026-12-05', 'A task of yours is due on December 5'],
  ['doing', '2026-12-06', 'A task of yours was due on December 5'],
  ['done', '2026-12-05', 'A task of yours that was due is done'],
  ['dropped', '2026-12-06', 'A task of yours that was due was dropped'],
])('A notice of what is due says of a task that is %s, read on %s: %s', (state, today, sentence) => {
  expect(noticeWords(dueNotice(state), today).sentence).toBe(sentence);
});
