'use client';

import { useState } from 'react';
import { useProject } from '@/components/live/project-context';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { Section } from '@/components/ui/section';
import { TextField } from '@/components/ui/text-field';
import { useAction } from '@/components/ui/use-action';

/** Deletes the project for everybody, once its name is typed. */
export function DeleteProject() {
  const project = useProject((state) => state.project);
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const remove = useAction(async () => {
    await call('project.delete', { params: { projectId: project.id } });
    window.location.assign('/projects');
  });
  const matches = typed.trim() === project.name.trim();
  return (
    <Section
      title="Delete the project"
      about="Its sources, marks, notes and discussions disappear for everybody in it. For a while its owners find it under “Deleted” in the list of projects and can restore it; then it is removed for good."
    >
      <Button look="danger" className="self-start" onPress={() => setAsking(true)}>
        Delete the project…
      </Button>
      <Dialog
        role="alertdialog"
        title={`Delete ${project.name}?`}
        isOpen={asking}
        onClose={() => setAsking(false)}
        width="max-w-md"
      >
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (matches) void remove.run();
          }}
        >
          <FormError>{remove.error}</FormError>
          <TextField
            label={`Type “${project.name}” to go on`}
            autoFocus
            autoComplete="off"
            value={typed}
            onChange={setTyped}
          />
          <div className="flex justify-end gap-2">
            <Button onPress={() => setAsking(false)}>Cancel</Button>
            <Button type="submit" look="danger" isDisabled={!matches} isPending={remove.busy}>
              Delete it for everybody
            </Button>
          </div>
        </form>
      </Dialog>
    </Section>
  );
}
