'use client';
import type { ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components';

export type TabEntry = { id: string; label: ReactNode; content: ReactNode; keepMounted?: boolean };

export function Tabs({
  label,
  tabs,
  selected,
  onSelect,
  className = '',
}: {
  label: string;
  tabs: readonly TabEntry[];
  selected?: string;
  onSelect?: (id: string) => void;
  className?: string;
}) {
  return (
    <AriaTabs
      selectedKey={selected}
      onSelectionChange={(key) => onSelect?.(String(key))}
      className={`flex min-h-0 flex-col ${className}`}
    >
      <TabList
        aria-label={label}
        className="flex shrink-0 gap-1 overflow-x-auto overflow-y-hidden border-b border-line px-2"
      >
        {tabs.map((tab) => (
          <Tab
            key={tab.id}
            id={tab.id}
            className="flex h-10 shrink-0 cursor-pointer items-center whitespace-nowrap gap-1.5 rounded-t-md border-b-2 border-transparent px-2.5 text-[14px] text-muted outline-offset-[-2px] hover:text-ink data-[selected]:border-accent data-[selected]:font-medium data-[selected]:text-ink"
          >
            {tab.label}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel
          key={tab.id}
          id={tab.id}
          shouldForceMount={tab.keepMounted}
          className="min-h-0 grow overflow-y-auto outline-offset-[-2px] data-[inert]:hidden"
        >
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
