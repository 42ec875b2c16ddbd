'use client';
import type { AnalysisQuery } from '@/lib/analysis/analysis';
import type { Variable } from '@/lib/variables/variable';
import { useProject } from '../live/project-context';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';
import { KINDS, VIEWS, type View } from './analysis-words';

type Props = {
  query: AnalysisQuery;
  onQuery: (change: Partial<AnalysisQuery>) => void;
  variables: readonly Variable[];
  view: View;
  onView: (view: View) => void;
};

/** What an analysis is asked with: only what means something to its kind. */
export function AnalysisFields({ query, onQuery, variables, view, onView }: Props) {
  const { kind } = query;
  const views = KINDS[kind].views;
  const asksVariable = kind === 'cross-table' || kind === 'compare';
  return (
    <div className="flex flex-wrap items-end gap-3">
      {kind === 'frequencies' ? (
        <Select
          label="By"
          className="w-44"
          value={query.by}
          options={[
            { id: 'source', label: 'Source' },
            { id: 'person', label: 'Person' },
            { id: 'month', label: 'Month of publication' },
          ]}
          onChange={(by) => onQuery({ by })}
        />
      ) : null}
      {kind === 'co-occurrence' ? <UnitFields query={query} onQuery={onQuery} /> : null}
      {kind === 'compare' ? (
        <Select
          label="Compare"
          className="w-32"
          value={query.of}
          options={[
            { id: 'words', label: 'Words' },
            { id: 'codes', label: 'Codes' },
          ]}
          onChange={(of) => onQuery({ of })}
        />
      ) : null}
      {asksVariable ? (
        <VariableField
          variables={variables}
          value={query.variable}
          onChange={(variable) => onQuery({ variable, a: '', b: '' })}
        />
      ) : null}
      {kind === 'compare' ? (
        <>
          <Typed
            key={`a ${query.variable}`}
            label="First value"
            hint="The most frequent"
            value={query.a}
            onDone={(a) => onQuery({ a })}
          />
          <Typed
            key={`b ${query.variable}`}
            label="Second value"
            hint="The next"
            value={query.b}
            onDone={(b) => onQuery({ b })}
          />
        </>
      ) : null}
      {kind === 'kwic' ? (
        <Typed
          key={query.q}
          label="Word or phrase"
          hint="harbour master"
          value={query.q}
          onDone={(q) => onQuery({ q })}
        />
      ) : null}
      {kind === 'words' || (kind === 'compare' && query.of === 'words') ? (
        <>
          <Select
            label="Length"
            className="w-36"
            value={String(query.n)}
            options={['1', '2', '3', '4'].map((id) => ({ id, label: id === '1' ? 'Words' : `${id} words` }))}
            onChange={(n) => onQuery({ n: Number(n) })}
          />
          <Select
            label="Stop words"
            className="w-36"
            value={query.stop}
            options={[
              { id: 'yes', label: 'Left out' },
              { id: 'no', label: 'Counted' },
            ]}
            onChange={(stop) => onQuery({ stop })}
          />
        </>
      ) : null}
      {['co-occurrence', 'timeline', 'words', 'kwic'].includes(kind) ? (
        <SourceField value={query.source} onChange={(source) => onQuery({ source })} />
      ) : null}
      {views.length > 1 ? (
        <Select
          label="Shown as"
          className="w-52"
          value={view}
          options={views.map((id) => ({ id, label: VIEWS[id] }))}
          onChange={onView}
        />
      ) : null}
    </div>
  );
}

function UnitFields({ query, onQuery }: Pick<Props, 'query' | 'onQuery'>) {
  return (
    <>
      <Select
        label="Together when"
        className="w-52"
        value={query.unit}
        options={[
          { id: 'passage', label: 'On the same mark' },
          { id: 'overlap', label: 'Their marks overlap' },
          { id: 'sentences', label: 'Within some sentences' },
        ]}
        onChange={(unit) => onQuery({ unit })}
      />
      {query.unit === 'sentences' ? (
        <Select
          label="Sentences apart"
          className="w-40"
          value={String(query.within)}
          options={['0', '1', '2', '3', '5', '10'].map((id) => ({
            id,
            label: id === '0' ? 'Same sentence' : `At most ${id}`,
          }))}
          onChange={(within) => onQuery({ within: Number(within) })}
        />
      ) : null}
    </>
  );
}

function VariableField({
  variables,
  value,
  onChange,
}: {
  variables: readonly Variable[];
  value: string;
  onChange: (variable: AnalysisQuery['variable']) => void;
}) {
  const options = [
    { id: 'outlet', label: 'Outlet' },
    { id: 'month', label: 'Month of publication' },
    { id: 'language', label: 'Language' },
    { id: 'speaker', label: 'Speaker' },
    ...variables.map(({ id, name, of }) => ({ id, label: name, hint: `Of a ${of}` })),
  ];
  return (
    <Select
      label="Variable"
      className="w-52"
      value={value}
      options={
        options.some(({ id }) => id === value) ? options : [...options, { id: value, label: 'A deleted one' }]
      }
      onChange={(id) => onChange(id as AnalysisQuery['variable'])}
    />
  );
}

function SourceField({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}) {
  const sources = useProject((state) => state.sources);
  return (
    <Select
      label="Source"
      className="w-60"
      value={value ?? ''}
      options={[
        { id: '', label: 'All' },
        ...[...sources.values()]
          .filter(({ deleted }) => deleted === null)
          .map(({ id, title }) => ({ id, label: title })),
      ]}
      onChange={(id) => onChange(id === '' ? undefined : id)}
    />
  );
}

/** Asked on Enter and on leaving it: what is half typed is no question. */
function Typed({
  label,
  hint,
  value,
  onDone,
}: {
  label: string;
  hint: string;
  value: string;
  onDone: (value: string) => void;
}) {
  return (
    <TextField
      label={label}
      placeholder={hint}
      className="w-52"
      maxLength={200}
      defaultValue={value}
      onBlur={(event) => {
        const typed = (event.target as HTMLInputElement).value.trim();
        if (typed !== value) onDone(typed);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onDone((event.target as HTMLInputElement).value.trim());
      }}
    />
  );
}
