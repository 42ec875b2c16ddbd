'use client';
import { useProject } from '@/components/live/project-context';
import { Checkbox } from '@/components/ui/checkbox';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { Section } from '@/components/ui/section';
import { useAction } from '@/components/ui/use-action';

/** Whether members need a second factor to open the project; kept as it is chosen. */
export function SecondFactorAsked({ isDisabled }: { isDisabled: boolean }) {
  const { id, secondFactor } = useProject((state) => state.project);
  const isEverywhere = secondFactor === 'everywhere';
  const save = useAction(async (asked: boolean) => {
    // The live feed brings it to this page as to all others.
    await call('project.update', { params: { projectId: id }, body: { secondFactor: asked } });
  });
  return (
    <Section title="Signing in">
      <FormError>{save.error}</FormError>
      <Checkbox
        isSelected={secondFactor !== 'free'}
        isDisabled={isDisabled || isEverywhere || save.busy}
        onChange={(chosen) => void save.run(chosen)}
      >
        Members need a second factor
        <span className="block text-[13px] text-muted">
          {isEverywhere
            ? 'Whoever runs this Gloss asks it of everybody, in all projects.'
            : 'Who has neither an authenticator app nor a passkey is shown out at once, and let in again when they have added one. That holds for their API tokens, too. Guests have no account: their links go on.'}
        </span>
      </Checkbox>
    </Section>
  );
}
