'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useProject } from '@/components/live/project-context';
import { Button } from '@/components/ui/button';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { Section } from '@/components/ui/section';
import { TextField } from '@/components/ui/text-field';
import { toast } from '@/components/ui/toasts';
import { useAction } from '@/components/ui/use-action';

export function RenameProject({ isDisabled }: { isDisabled: boolean }) {
  const router = useRouter();
  const project = useProject((state) => state.project);
  const [name, setName] = useState(project.name);
  const save = useAction(async () => {
    const renamed = await call('project.update', { params: { projectId: project.id }, body: { name } });
    setName(renamed.name);
    toast({ text: `The project is called ${renamed.name} now.` });
    router.refresh();
  });
  return (
    <Section title="Name">
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <FormError>{save.error}</FormError>
        <div className="flex items-end gap-2">
          <TextField
            label="Name of the project"
            labelHidden
            isRequired
            isDisabled={isDisabled}
            maxLength={120}
            value={name}
            onChange={setName}
            className="grow"
          />
          <Button type="submit" isPending={save.busy} isDisabled={isDisabled || name.trim() === project.name}>
            Rename
          </Button>
        </div>
      </form>
    </Section>
  );
}
