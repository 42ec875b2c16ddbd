'use client';

import { useProject } from '@/components/live/project-context';
import { Button } from '@/components/ui/button';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { Section } from '@/components/ui/section';
import { Time } from '@/components/ui/time';
import { toast } from '@/components/ui/toasts';
import { useAction } from '@/components/ui/use-action';

/** Puts the project into the archive, or brings it back; the live feed tells every page of it. */
export function ArchiveProject() {
  const { id, name, archived } = useProject((state) => state.project);
  const params = { projectId: id };
  const bringBack = useAction(async () => {
    await call('project.unarchive', { params });
    toast({ text: `${name} can be worked on again.` });
  });
  const archive = useAction(async () => {
    await call('project.archive', { params });
    toast({
      text: `${name} is archived.`,
      action: { label: 'Undo', onPress: () => void bringBack.run() },
    });
  });
  return (
    <div id="archive" className="scroll-mt-8">
      {archived === null ? (
        <Section
          title="Archive the project"
          about="Everybody in it can still read, search and export everything; nobody can change anything. It leaves the list of projects for the shelf “Archived”, until an owner brings it back."
        >
          <FormError>{archive.error}</FormError>
          <Button className="self-start" isPending={archive.busy} onPress={() => void archive.run()}>
            Archive it
          </Button>
        </Section>
      ) : (
        <Section
          title="Bring the project back"
          about={
            <>
              It was archived <Time at={archived} />. Brought back, everybody may do again what their role
              lets them.
            </>
          }
        >
          <FormError>{bringBack.error}</FormError>
          <Button
            look="primary"
            className="self-start"
            isPending={bringBack.busy}
            onPress={() => void bringBack.run()}
          >
            Bring it back
          </Button>
        </Section>
      )}
    </div>
  );
}
