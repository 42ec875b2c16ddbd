'use client';
import { EyeOff, Plus } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { whyNot } from '@/lib/access/why-not';
import type { Pass } from '@/lib/passes/pass';
import { coderOf, isHiding } from '@/lib/passes/standing';
import { useProject } from '../live/project-context';
import { Because } from '../ui/because';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { PageBody } from '../ui/page-body';
import { PageHeading } from '../ui/page-heading';
import { useAsked } from '../ui/use-asked';
import { NewPassDialog } from './new-pass-dialog';
import { doneOf, kindWords } from './pass-words';

/** The rounds in which the team codes. */
export function PassesPage() {
  const { passes, role } = useProject((state) => ({ passes: state.passes, role: state.role }));
  const [isStarting, setStarting] = useState(false);
  const reason = whyNot(role, 'pass.create');
  useAsked('start', () => setStarting(reason === null));
  const all = [...passes.values()].reverse();
  const start = (
    <div className="flex flex-col items-start gap-1">
      <Button
        look="primary"
        isDisabled={reason !== null}
        aria-describedby="why-no-pass"
        onPress={() => setStarting(true)}
      >
        <Plus aria-hidden className="size-4" />
        Start a pass
      </Button>
      <Because id="why-no-pass" reason={reason} />
    </div>
  );
  return (
    <PageBody>
      <PageHeading title="Passes" action={all.length > 0 ? start : undefined}>
        Rounds of coding: who codes which sources, with which codes, openly or blind.
      </PageHeading>
      {all.length === 0 ? (
        <EmptyState title="No passes yet" action={start}>
          A pass gives chosen sources to chosen coders. In a blind one nobody but you sees another coder’s
          marks until you reveal it, so that you can tell afterwards how far they agree on their own.
        </EmptyState>
      ) : (
        <ul aria-label="Passes" className="flex flex-col divide-y divide-line border-y border-line">
          {all.map((pass) => (
            <PassRow key={pass.id} pass={pass} />
          ))}
        </ul>
      )}
      <NewPassDialog isOpen={isStarting} onClose={() => setStarting(false)} />
    </PageBody>
  );
}

function PassRow({ pass }: { pass: Pass }) {
  const me = useProject((state) => state.me.id);
  const { done, all } = doneOf(pass);
  const isPart = isHiding(pass) && pass.lead.id !== me;
  const people = pass.coders.length === 1 ? '1 coder' : `${pass.coders.length} coders`;
  const sources = pass.sourceIds.length === 1 ? '1 source' : `${pass.sourceIds.length} sources`;
  const mine = isPart && coderOf(pass, me) !== undefined ? ' of yours' : '';
  return (
    <li>
      <Link
        href={`/projects/${pass.projectId}/passes/${pass.id}`}
        className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-2 py-3 hover:bg-hover"
      >
        <span className="min-w-0 grow break-words font-serif text-lg font-semibold">{pass.name}</span>
        <span className="flex items-center gap-1.5 text-[13px] text-muted">
          {isHiding(pass) ? <EyeOff aria-hidden className="size-3.5" /> : null}
          {kindWords(pass)}
        </span>
        <span className="w-full text-[14px] text-muted">
          {people} · {sources}
          {all > 0 ? ` · ${done} of ${all}${mine} done` : ''} · led by {pass.lead.name}
        </span>
      </Link>
    </li>
  );
}
