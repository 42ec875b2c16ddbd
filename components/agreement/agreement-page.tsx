'use client';
import { useState } from 'react';
import type { PassAgreement } from '@/lib/agreement/answer';
import type { DisagreementKind } from '@/lib/agreement/disagreements';
import type { UnitKind } from '@/lib/agreement/sections';
import type { Pass } from '@/lib/passes/pass';
import { useProject } from '../live/project-context';
import { PassTabs } from '../passes/pass-tabs';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button-link';
import { Checkbox } from '../ui/checkbox';
import { EmptyState } from '../ui/empty-state';
import { FormError } from '../ui/form-error';
import { PageHeading } from '../ui/page-heading';
import { Spinner } from '../ui/progress';
import { Section } from '../ui/section';
import { Select } from '../ui/select';
import { KIND_WORDS, UNIT_WORDS } from './figure-words';
import { CodeMeasures, CoderMatrix, ConfusionMatrix } from './matrices';
import { MeasuresTable } from './measures-table';
import { OverTime } from './over-time';
import { PlacesSheet } from './places-sheet';
import { type Cell, type Choice, queryOf, useAgreement } from './use-agreement';

/** How far the coders of a pass agree, from the figure down to the words. */
export function AgreementPage({ passId }: { passId: string }) {
  const { pass, projectId } = useProject((state) => ({
    pass: state.passes.get(passId),
    projectId: state.project.id,
  }));
  return (
    <div className="mx-auto w-full max-w-4xl px-4 py-8">
      {pass === undefined ? (
        <EmptyState
          title="There is no such pass"
          action={<ButtonLink href={`/projects/${projectId}/passes`}>All passes</ButtonLink>}
        >
          It was removed, or the address is wrong.
        </EmptyState>
      ) : (
        <OfPass pass={pass} />
      )}
    </div>
  );
}

function OfPass({ pass }: { pass: Pass }) {
  const [choice, setChoice] = useState<Choice>({ unit: 'sentence', source: '', code: '', done: false });
  const [cell, setCell] = useState<Cell | null>(null);
  const { data, error, isCurrent } = useAgreement(pass.id, choice);
  return (
    <>
      <PageHeading title={pass.name}>
        How far the coders agree, by every measure in use. Each figure opens the passages behind it.
      </PageHeading>
      <PassTabs pass={pass} current="agreement" />
      <Filters pass={pass} choice={choice} onChoice={setChoice} />
      <FormError>{error}</FormError>
      {data === null ? (
        error === null ? (
          <Spinner label="Computing" />
        ) : null
      ) : (
        <div aria-busy={!isCurrent} className={isCurrent ? '' : 'opacity-70'}>
          <Figures pass={pass} choice={choice} agreement={data} onOpen={setCell} />
        </div>
      )}
      {cell === null || data === null ? null : (
        <PlacesSheet
          passId={pass.id}
          choice={choice}
          cell={cell}
          coders={data.coders}
          onClose={() => setCell(null)}
        />
      )}
    </>
  );
}

function Filters({
  pass,
  choice,
  onChoice,
}: {
  pass: Pass;
  choice: Choice;
  onChoice: (choice: Choice) => void;
}) {
  const { sources, codes } = useProject((state) => ({ sources: state.sources, codes: state.codes }));
  const inPass = [...codes.values()].filter(
    ({ id }) => pass.codeIds.length === 0 || pass.codeIds.includes(id),
  );
  const all = (label: string) => ({ id: 'all', label });
  return (
    <search className="flex flex-wrap items-end gap-3 pb-6">
      <Select<UnitKind>
        label="Compared by"
        className="w-48 max-sm:w-full"
        value={choice.unit}
        onChange={(unit) => onChoice({ ...choice, unit })}
        options={(Object.keys(UNIT_WORDS) as UnitKind[]).map((id) => ({ id, label: UNIT_WORDS[id] }))}
      />
      <Select
        label="Source"
        className="w-48 max-sm:w-full"
        value={choice.source || 'all'}
        onChange={(id) => onChoice({ ...choice, source: id === 'all' ? '' : id })}
        options={[
          all('All sources'),
          ...pass.sourceIds.map((id) => ({ id, label: sources.get(id)?.title ?? 'A source' })),
        ]}
      />
      <Select
        label="Code"
        className="w-48 max-sm:w-full"
        value={choice.code || 'all'}
        onChange={(id) => onChoice({ ...choice, code: id === 'all' ? '' : id })}
        options={[all('All codes'), ...inPass.map(({ id, name }) => ({ id, label: name }))]}
      />
      <Checkbox isSelected={choice.done} onChange={(done) => onChoice({ ...choice, done })}>
        Only sources that are done
      </Checkbox>
    </search>
  );
}

type FiguresProps = {
  pass: Pass;
  choice: Choice;
  agreement: PassAgreement;
  onOpen: (cell: Cell) => void;
};

function Figures({ pass, choice, agreement, onOpen }: FiguresProps) {
  const [measure, setMeasure] = useState('krippendorff-alpha-nominal');
  if (agreement.nothing !== null)
    return (
      <EmptyState
        title="Nothing to compare yet"
        action={
          <ButtonLink href={`/projects/${pass.projectId}/passes/${pass.id}`}>See the progress</ButtonLink>
        }
      >
        {agreement.nothing} Agreement appears here while people code: as soon as two of them have worked on
        the same source.
      </EmptyState>
    );
  const query = new URLSearchParams(
    Object.entries(queryOf(choice)).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const inputs = `/api/projects/${pass.projectId}/passes/${pass.id}/agreement/inputs?${query}`;
  const { coders, sources, codings, kinds, unplaced } = agreement;
  const parts = [
    `${coders.length} coders`,
    `${codings} codings`,
    `${sources} ${sources === 1 ? 'source' : 'sources'}`,
    ...(unplaced > 0 ? [`${unplaced} left out that have no place in the current text`] : []),
  ];
  return (
    <div className="flex flex-col gap-10">
      <Section
        title="Measures"
        about={`${parts.join(', ')}. The name of a measure opens its definition, its value where they differ.`}
      >
        <ul className="flex flex-wrap gap-2" aria-label="Kinds of places">
          {(Object.keys(KIND_WORDS) as DisagreementKind[]).map((kind) => (
            <li key={kind}>
              <Button
                size="small"
                isDisabled={kinds[kind] === 0}
                onPress={() => onOpen({ title: KIND_WORDS[kind], kind })}
              >
                {KIND_WORDS[kind]} <span className="tabular-nums text-muted">{kinds[kind]}</span>
              </Button>
            </li>
          ))}
        </ul>
        <MeasuresTable
          measures={agreement.measures}
          isWhole={agreement.whole}
          inputs={inputs}
          onOpen={onOpen}
        />
      </Section>
      <Select
        label="Measure of the tables below"
        className="w-72"
        value={measure}
        onChange={setMeasure}
        options={agreement.measures.map(({ id, name }) => ({ id, label: name }))}
      />
      <Section title="Coders" about="Every two of them, on what both had.">
        <CoderMatrix agreement={agreement} measure={measure} onOpen={onOpen} />
      </Section>
      <Section title="Codes" about="Each code by itself: used on a unit, or not.">
        <CodeMeasures agreement={agreement} measure={measure} onOpen={onOpen} />
      </Section>
      <Section
        title="Confusion between codes"
        about="At how many places one code stands against another; along the diagonal, where everybody used it."
      >
        <ConfusionMatrix agreement={agreement} onOpen={onOpen} />
      </Section>
      <Section title="Over time" about="After each day (UTC) of coding, from the marks that stand now.">
        <OverTime byDay={agreement.byDay} measure={measure} onOpen={onOpen} />
      </Section>
    </div>
  );
}
