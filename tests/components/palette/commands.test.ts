import { describe, expect, it } from 'vitest';
import { initialState } from '@/components/live/project-state';
import { findCommands } from '@/components/palette/commands';
import type { Role } from '@/lib/access/roles';
import { claimOf, snapshotOf } from '../live/project-fixture';

const state = (role: Role = 'editor') => {
  const snapshot = snapshotOf();
  const wordings = ['The bridge closes', 'A bridge too far', 'Drawbridges hold'];
  const claims = wordings.map((wording) => claimOf({ wording }));
  return initialState({ ...snapshot, project: { ...snapshot.project, role }, claims });
};
const names = (role: Role, typed: string, group: string) =>
  findCommands(state(role), typed).flatMap((one) => (one.group === group ? one.name : []));

describe('The palette', () => {
  it('offers to do what the role of its person allows', () => {
    expect(names('editor', 'start', 'Do')).toEqual(['Start a note', 'Start a pass']);
    expect(names('reader', 'start', 'Do')).toEqual([]);
    expect(names('reader', 'switch', 'Do')).toEqual(['Switch between light and dark']);
  });

  it('offers owners to put the project away, and to bring it back, also where everybody only reads', () => {
    expect(names('editor', 'archive', 'Do')).toEqual([]);
    expect(names('owner', 'archive', 'Do')).toEqual(['Archive the project']);
    const { project, ...rest } = state('owner');
    const away = {
      ...rest,
      project: { ...project, archived: '2026-01-01T00:00:00.000Z' },
      role: 'reader' as const,
    };
    const offered = findCommands(away, 'bring').filter(({ group }) => group === 'Do');
    expect(offered.map(({ name }) => name)).toEqual(['Bring the project back from the archive']);
  });

  it('finds what begins with the words before what only holds them', () => {
    expect(names('editor', 'bridge', 'Claims')).toEqual([
      'The bridge closes',
      'A bridge too far',
      'Drawbridges hold',
    ]);
    expect(names('editor', 'the br', 'Claims')).toEqual(['The bridge closes']);
  });

  it('leads to a form on its own page, or does it where it stands', () => {
    const [write] = findCommands(state(), 'write a claim');
    expect(write?.href).toMatch(/\/claims\?do=write$/);
    expect(findCommands(state(), 'undo').find(({ group }) => group === 'Do')?.does).toBe('undo');
  });
});
