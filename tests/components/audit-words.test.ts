import { describe, expect, it } from 'vitest';
import { auditWords } from '@/components/audit/audit-words';
import { isAudited } from '@/lib/audit/of-happening';
import { Happening } from '@/lib/events/event';

describe('What the audit says somebody did', () => {
  it.each([
    ['member.updated', { name: 'Mia', role: 'editor' }, 'made Mia editor'],
    [
      'invitation.created',
      { role: 'reader', maxUses: 10 },
      'made a link by which 10 people can come in as reader',
    ],
    ['project.updated', { name: 'Story', readersComment: false }, 'stopped readers from commenting'],
    ['project.updated', { name: 'Story' }, 'called the project “Story”'],
    ['annotation.deleted', {}, 'deleted a mark'],
    ['follow-up.restored', {}, 'brought a follow-up back'],
    ['export.project', { format: 'qdpx' }, 'took the project out as qdpx'],
    [
      'access.refused',
      { why: 'role', count: 2, actions: ['member.add'] },
      'was refused 2 times by their role (member.add)',
    ],
    [
      'access.refused',
      { why: 'not a member', count: 1, actions: ['note.read'] },
      'was refused: not a member (note.read)',
    ],
    ['speaker.identity-read', { shown: false }, 'asked who a protected speaker is, and was not told'],
  ])('%s %o', (act, details, words) => {
    expect(auditWords({ act, details })).toBe(words);
  });

  it('has words for every event that is audited', () => {
    const types = Happening.options.map(({ shape }) => shape.type.value).filter(isAudited);
    expect(types.filter((act) => auditWords({ act, details: {} }) === act)).toEqual([]);
  });
});
