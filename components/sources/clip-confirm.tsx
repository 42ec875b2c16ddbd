'use client';

import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { FormError } from '@/components/ui/form-error';
import { PageHeading } from '@/components/ui/page-heading';
import { Spinner } from '@/components/ui/progress';
import { Select } from '@/components/ui/select';
import { useStored } from '@/components/ui/use-stored';
import type { Clip } from '@/lib/sources/clip';
import type { ClipProject } from './clip-page';
import { LookAtSource } from './look-at-source';
import { useSeen } from './use-clip';
import { type ClipStage, useClipIn } from './use-clip-in';

const isText = (value: unknown): value is string => typeof value === 'string';

/** What was sent, and into which project it goes: nothing is read or stored before it is pressed here. */
export function ClipConfirm({ clip, projects }: { clip: Clip; projects: readonly ClipProject[] }) {
  const [kept, setKept] = useStored('gloss:clip-project', '', isText);
  const project = projects.find(({ id }) => id === kept) ?? projects[0];
  const { stage, error, read, save, cancel, back } = useClipIn(clip, project?.id ?? '');
  if (project === undefined)
    return (
      <EmptyState
        title="There is no project to bring it into"
        action={<ButtonLink href="/projects">Your projects</ButtonLink>}
      >
        You can bring sources into projects that you write in. Make one, and press the bookmark again.
      </EmptyState>
    );
  if (stage.at === 'unmarked')
    return (
      <EmptyState
        title="The page is in, without its quote"
        action={<ButtonLink href={stage.href}>Open the source</ButtonLink>}
      >
        {stage.why}
      </EmptyState>
    );
  return (
    <>
      <PageHeading
        title={stage.at === 'looking' || stage.at === 'saving' ? 'Is this right?' : 'Bring this page in?'}
      >
        {stage.at === 'looking' || stage.at === 'saving'
          ? `Into the project “${project.name}”.`
          : 'Another tab sent this. Nothing of it is stored yet.'}
      </PageHeading>
      <div className="flex flex-col gap-5">
        <FormError>{error}</FormError>
        {stage.at === 'looking' || stage.at === 'saving' ? (
          <>
            <MarkToBe clip={clip} stage={stage} />
            <LookAtSource
              preview={stage.preview}
              isSaving={stage.at === 'saving'}
              onSave={(keep) => void save(keep)}
              onBack={back}
              onCancel={cancel}
            />
          </>
        ) : (
          <Ask
            clip={clip}
            projects={projects}
            chosen={project.id}
            onChoose={setKept}
            isReading={stage.at === 'reading'}
            onRead={() => void read()}
            onCancel={cancel}
          />
        )}
      </div>
    </>
  );
}

function Ask({
  clip,
  projects,
  chosen,
  onChoose,
  isReading,
  onRead,
  onCancel,
}: {
  clip: Clip;
  projects: readonly ClipProject[];
  chosen: string;
  onChoose: (id: string) => void;
  isReading: boolean;
  onRead: () => void;
  onCancel: () => void;
}) {
  const seen = useSeen();
  return (
    <>
      <dl className="flex flex-col gap-3 rounded-lg border border-line bg-raised px-4 py-3">
        <Fact name="Title">{clip.title || 'None'}</Fact>
        <Fact name="Address">{clip.url ?? 'None that a link may lead to'}</Fact>
        <Fact name="Selected">
          {clip.selection === null ? 'Nothing, so no quote is made' : `“${shortened(clip.selection.exact)}”`}
        </Fact>
      </dl>
      <Select
        label="Project"
        options={projects.map(({ id, name, teamName }) => ({ id, label: name, hint: teamName }))}
        value={chosen}
        onChange={onChoose}
        isDisabled={isReading}
      />
      <div className="flex flex-wrap items-center justify-between gap-3">
        {isReading ? (
          <Button look="quiet" onPress={onCancel}>
            Cancel
          </Button>
        ) : (
          <Link href="/clip" className="rounded text-[14px] text-muted underline underline-offset-2">
            What is this?
          </Link>
        )}
        <div className="flex items-center gap-3">
          {isReading ? <Spinner label="Reading it" /> : null}
          <Button look="primary" isDisabled={!seen} isPending={isReading} onPress={onRead}>
            {isReading ? 'Reading it…' : 'Read it'}
          </Button>
        </div>
      </div>
    </>
  );
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div className="flex flex-col">
      <dt className="text-[13px] text-muted">{name}</dt>
      <dd className="break-words [overflow-wrap:anywhere]" dir="auto">
        {children}
      </dd>
    </div>
  );
}

/** What becomes of the selection. */
function MarkToBe({ clip, stage }: { clip: Clip; stage: Extract<ClipStage, { at: 'looking' | 'saving' }> }) {
  if (clip.selection === null) return null;
  if (stage.mark === null)
    return (
      <p className="text-[14px] text-muted">
        What you selected is not in the text that was read, so no quote is made of it.
      </p>
    );
  return (
    <div>
      <p className="text-[14px] text-muted">Becomes a quote:</p>
      <blockquote className="break-words border-s-2 border-accent ps-3 font-serif" dir="auto">
        {shortened(stage.mark[1].exact)}
      </blockquote>
    </div>
  );
}

const shortened = (text: string) => (text.length > 400 ? `${text.slice(0, 400).trimEnd()}…` : text);
