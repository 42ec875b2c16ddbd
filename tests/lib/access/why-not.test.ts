import { describe, expect, it } from 'vitest';
import { can } from '@/lib/access/can';
import { ACTIONS, ROLES } from '@/lib/access/roles';
import { whyNot } from '@/lib/access/why-not';

describe('the reason a control is off', () => {
  it('is given exactly where the table refuses', () => {
    for (const role of ROLES) {
      for (const action of ACTIONS) expect(whyNot(role, action) === null).toBe(can(role, action));
    }
  });

  it('names who may and who you are', () => {
    expect(whyNot('editor', 'project.update')).toBe('Only owners can do this; you are an editor here.');
    expect(whyNot('reader', 'annotation.create')).toBe(
      'Only owners, editors and annotators can do this; here you can only read.',
    );
  });
});
