'use client';
import { useProject } from '@/components/live/project-context';
import { Checkbox } from '@/components/ui/checkbox';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { Section } from '@/components/ui/section';
import { useAction } from '@/components/ui/use-action';

/** Whether readers may comment here; kept as it is chosen. */
export function ReadersComment({ isDisabled }: { isDisabled: boolean }) {
  const project = useProject((state) => state.project);
  const save = useAction(async (readersComment: boolean) => {
    // The live feed brings it to this page as to all others.
    await call('project.update', { params: { projectId: project.id }, body: { readersComment } });
  });
  return (
    <Section title="Discussions">
      <FormError>{save.error}</FormError>
      <Checkbox
        isSelected={project.readersComment}
        isDisabled={isDisabled || save.busy}
        onChange={(chosen) => void save.run(chosen)}
      >
        Readers may comment
        <span className="block text-[13px] text-muted">
          They may start discussions, answer and react. They still change nothing else.
        </span>
      </Checkbox>
    </Section>
  );
}
