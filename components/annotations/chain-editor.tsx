'use client';
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { LINK_ROLES, MOST_LINKS } from '@/lib/annotations/attribution';
import type { ChainLink } from '@/lib/annotations/quote';
import { LINK_NAMES } from '@/lib/quotes/levels';
import { keyOf } from '@/lib/speakers/names';
import { useProject } from '../live/project-context';
import { Button, IconButton } from '../ui/button';
import { ComboBox } from '../ui/combo-box';
import { Select } from '../ui/select';

const EMPTY: ChainLink = { role: 'document', label: '', sourceId: null, speakerId: null };

/** The links between whoever spoke and the source that is read, each of which may be a source or a speaker of the project. */
export function ChainEditor({
  speaker,
  chain,
  sourceId,
  onChain,
}: {
  speaker: string;
  chain: readonly ChainLink[];
  sourceId: string;
  onChain: (chain: ChainLink[]) => void;
}) {
  const { sources, speakers } = useProject((state) => ({ sources: state.sources, speakers: state.speakers }));
  const put = (at: number, link: ChainLink) => onChain(chain.map((one, nth) => (nth === at ? link : one)));
  const move = (at: number, by: 1 | -1) => {
    const links = [...chain];
    const [link] = links.splice(at, 1);
    if (link) links.splice(at + by, 0, link);
    onChain(links);
  };
  const called = (name: string) =>
    [...speakers.values()].find((one) =>
      [one.name, ...one.aliases].some((each) => keyOf(each) === keyOf(name)),
    );
  const others = [...sources.values()].filter(({ id }) => id !== sourceId);
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="pb-1 text-[13px] font-medium">Came to us through</legend>
      <p className="text-[13px] text-muted">{speaker || 'Whoever says it'}</p>
      <ol className="flex flex-col gap-2" aria-label="Links, from the speaker to this source">
        {chain.map((link, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a link has nothing of its own but its place
          <li key={at} className="flex flex-col gap-1 rounded-md border border-line p-2">
            <div className="flex items-center gap-1">
              <span aria-hidden className="text-muted">
                ←
              </span>
              <Select
                label={`What link ${at + 1} is`}
                labelHidden
                size="small"
                className="grow"
                value={link.role}
                options={LINK_ROLES.map((id) => ({ id, label: LINK_NAMES[id] }))}
                onChange={(role) => put(at, { ...EMPTY, role, label: link.label })}
              />
              <IconButton
                label={`Move link ${at + 1} towards the speaker`}
                isDisabled={at === 0}
                onPress={() => move(at, -1)}
                className="size-7"
              >
                <ArrowUp aria-hidden className="size-4" />
              </IconButton>
              <IconButton
                label={`Move link ${at + 1} towards this source`}
                isDisabled={at === chain.length - 1}
                onPress={() => move(at, 1)}
                className="size-7"
              >
                <ArrowDown aria-hidden className="size-4" />
              </IconButton>
              <IconButton
                label={`Take link ${at + 1} away`}
                onPress={() => onChain(chain.filter((_, nth) => nth !== at))}
                className="size-7"
              >
                <X aria-hidden className="size-4" />
              </IconButton>
            </div>
            {link.role === 'speaker' ? (
              <ComboBox
                label={`Who link ${at + 1} is`}
                labelHidden
                placeholder="Who passed it on"
                suggestions={[...speakers.values()].map(({ name }) => name)}
                value={link.label}
                onChange={(label) => put(at, { ...link, label, speakerId: called(label)?.id ?? null })}
              />
            ) : (
              <>
                <ComboBox
                  label={`What link ${at + 1} is called`}
                  labelHidden
                  placeholder={
                    link.role === 'outlet' ? 'Name of the paper, agency or channel' : 'What it is called'
                  }
                  suggestions={[]}
                  value={link.label}
                  onChange={(label) => put(at, { ...link, label })}
                />
                {others.length === 0 ? null : (
                  <Select
                    label={`Source of the project that link ${at + 1} is`}
                    labelHidden
                    size="small"
                    value={link.sourceId ?? 'none'}
                    options={[
                      { id: 'none', label: 'Not among our sources' },
                      ...others.map(({ id, title }) => ({ id, label: title })),
                    ]}
                    onChange={(id) => {
                      const chosen = sources.get(id);
                      put(at, {
                        ...link,
                        sourceId: chosen?.id ?? null,
                        label: link.label || (chosen?.title ?? ''),
                      });
                    }}
                  />
                )}
              </>
            )}
          </li>
        ))}
      </ol>
      <p className="text-[13px] text-muted">
        <span aria-hidden>← </span>
        {sources.get(sourceId)?.title ?? 'this source'}
      </p>
      {chain.length < MOST_LINKS ? (
        <Button size="small" className="self-start" onPress={() => onChain([...chain, EMPTY])}>
          <Plus aria-hidden className="size-3.5" />
          Add a link
        </Button>
      ) : null}
    </fieldset>
  );
}
