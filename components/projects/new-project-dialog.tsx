'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import { useAction } from '@/components/ui/use-action';
import { newId } from '@/lib/new-id';
import type { Team } from '@/lib/projects/project';

const NEW_TEAM = 'new';

export function NewProjectDialog({
  teams,
  isOpen,
  onClose,
}: {
  teams: readonly Team[];
  isOpen: boolean;
  onClose: () => void;
}) {
  return (
    <Dialog title="New project" isOpen={isOpen} onClose={onClose}>
      <NewProject teams={teams} onClose={onClose} />
    </Dialog>
  );
}

function NewProject({ teams, onClose }: { teams: readonly Team[]; onClose: () => void }) {
  const router = useRouter();
  const [name, setName] = useState('');
  const [teamId, setTeamId] = useState(teams[0]?.id ?? NEW_TEAM);
  const [teamName, setTeamName] = useState('');
  // Chosen once, so that sending again after a lost answer makes neither a second time.
  const [ids] = useState(() => ({ project: newId(), team: newId() }));
  const make = useAction(async () => {
    if (teamId === NEW_TEAM) await call('team.create', { body: { id: ids.team, name: teamName } });
    const project = await call('project.create', {
      body: { id: ids.project, name, teamId: teamId === NEW_TEAM ? ids.team : teamId },
    });
    router.push(`/projects/${project.id}`);
  });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void make.run();
      }}
    >
      <FormError>{make.error}</FormError>
      <TextField label="Name" isRequired maxLength={120} autoFocus value={name} onChange={setName} />
      {teams.length > 0 ? (
        <Select
          label="Team"
          options={[
            ...teams.map((team) => ({ id: team.id, label: team.name })),
            { id: NEW_TEAM, label: 'A new team…' },
          ]}
          value={teamId}
          onChange={setTeamId}
        />
      ) : null}
      {teamId === NEW_TEAM ? (
        <TextField
          label="Name of the team"
          hint="The people you work with; a team holds projects."
          isRequired
          maxLength={120}
          value={teamName}
          onChange={setTeamName}
        />
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onPress={onClose}>Cancel</Button>
        <Button type="submit" look="primary" isPending={make.busy}>
          {make.busy ? 'Making it…' : 'Make the project'}
        </Button>
      </div>
    </form>
  );
}
