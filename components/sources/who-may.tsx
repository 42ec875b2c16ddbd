'use client';
import { useProject } from '@/components/live/project-context';
import { Checkbox } from '@/components/ui/checkbox';

/** The members of the project to name in a protection: owners always may, and whoever names others is among them. */
export function WhoMay({
  chosen,
  onChoose,
}: {
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}) {
  const { members, me } = useProject((state) => ({ members: state.members, me: state.me.id }));
  const people = [...members.values()].sort((a, b) => a.name.localeCompare(b.name));
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="pb-1 text-[13px] font-medium">Who may, besides the owners</legend>
      {people.map(({ userId, name, role }) => (
        <Checkbox
          key={userId}
          isSelected={role === 'owner' || chosen.has(userId)}
          isDisabled={role === 'owner' || userId === me}
          onChange={(isOn) => {
            const next = new Set(chosen);
            if (isOn) next.add(userId);
            else next.delete(userId);
            onChoose(next);
          }}
        >
          {`${name}${userId === me ? ' (you)' : ''}${role === 'owner' ? ', owner' : ''}`}
        </Checkbox>
      ))}
    </fieldset>
  );
}
