'use client';
import { useState } from 'react';
import type { Contribution } from '@/lib/contributions/contribution';
import {
  CREDIT_CITE,
  CREDIT_ROLES,
  type CreditRole,
  creditStatement,
  suggestRoles,
} from '@/lib/contributions/credit';
import { copyText } from '../live/copy-text';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { TextArea } from '../ui/text-field';

/** Who had which role: as the record suggests it, changed by whoever knows better, and as a statement to copy. */
export function CreditForm({ people }: { people: readonly Contribution[] }) {
  const [roles, setRoles] = useState<ReadonlyMap<string, readonly CreditRole[]>>(() => suggestRoles(people));
  const [edited, setEdited] = useState<string | null>(null);
  const said = creditStatement(
    people.map(({ person }) => ({ name: person.name, roles: roles.get(person.id) ?? [] })),
  );
  const tick = (id: string, role: CreditRole, isOn: boolean) => {
    const before = roles.get(id) ?? [];
    setRoles(new Map(roles).set(id, isOn ? [...before, role] : before.filter((one) => one !== role)));
    setEdited(null);
  };
  return (
    <div className="flex flex-col gap-4">
      {people.map(({ person }) => (
        <details key={person.id} className="border-b border-line pb-2">
          <summary className="flex min-h-8 cursor-pointer flex-wrap items-center gap-x-2 rounded">
            <span className="font-medium">{person.name}</span>
            <span className="text-[14px] text-muted">{(roles.get(person.id) ?? []).length} roles</span>
          </summary>
          <fieldset className="grid gap-1.5 pt-2 sm:grid-cols-2 lg:grid-cols-3">
            <legend className="sr-only">Roles of {person.name}</legend>
            {CREDIT_ROLES.map((role) => (
              <Checkbox
                key={role}
                isSelected={(roles.get(person.id) ?? []).includes(role)}
                onChange={(isOn) => tick(person.id, role, isOn)}
              >
                {role}
              </Checkbox>
            ))}
          </fieldset>
        </details>
      ))}
      <TextArea label="Statement" rows={4} value={edited ?? said} onChange={setEdited} hint={CREDIT_CITE} />
      <Button className="self-start" onPress={() => void copyText(edited ?? said)}>
        Copy the statement
      </Button>
    </div>
  );
}
