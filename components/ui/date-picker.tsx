'use client';
import { parseDate } from '@internationalized/date';
import { CalendarDays, ChevronLeft, ChevronRight, X } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  DatePicker as AriaDatePicker,
  Calendar,
  CalendarCell,
  CalendarGrid,
  DateInput,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Popover,
} from 'react-aria-components';
import { FIELD_CLASS, FieldParts } from './field';
import { POPOVER_CLASS } from './menu';

const STEP = 'grid size-8 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink';

/** A day, typed or picked from a calendar; `null` is no day. Days are YYYY-MM-DD, without any zone. */
export function DatePicker({
  label,
  hint,
  value,
  onChange,
  isDisabled,
  className = '',
}: {
  label: ReactNode;
  hint?: ReactNode;
  value: string | null;
  onChange: (day: string | null) => void;
  isDisabled?: boolean;
  className?: string;
}) {
  return (
    <AriaDatePicker
      value={value === null ? null : parseDate(value)}
      onChange={(date) => onChange(date?.toString() ?? null)}
      isDisabled={isDisabled}
      shouldForceLeadingZeros
      className={`${FIELD_CLASS} ${className}`}
    >
      <FieldParts label={label} hint={hint}>
        <Group className="flex h-9 items-center rounded-md border border-edge bg-raised ps-3 focus-within:border-accent focus-within:ring-1 focus-within:ring-accent data-[disabled]:opacity-60">
          <DateInput className="flex grow tabular-nums outline-none">
            {(segment) => (
              <DateSegment
                segment={segment}
                className="rounded-sm px-0.5 outline-none data-[placeholder]:text-muted focus:bg-accent focus:text-accent-ink"
              />
            )}
          </DateInput>
          {value === null || isDisabled ? null : (
            // `slot={null}`: the picker's own button is the one below.
            <AriaButton
              slot={null}
              aria-label="No day"
              onPress={() => onChange(null)}
              className="grid size-7 shrink-0 place-items-center rounded-md text-muted hover:text-ink"
            >
              <X aria-hidden className="size-3.5" />
            </AriaButton>
          )}
          <AriaButton className="grid size-9 shrink-0 place-items-center rounded-md text-muted hover:text-ink">
            <CalendarDays aria-hidden className="size-4" />
          </AriaButton>
        </Group>
        <Popover className={POPOVER_CLASS}>
          <Dialog className="p-3 outline-none">
            <Calendar>
              <header className="flex items-center justify-between gap-2 pb-2">
                <AriaButton slot="previous" className={STEP}>
                  <ChevronLeft aria-hidden className="size-4" />
                </AriaButton>
                <Heading className="text-[14px] font-medium" />
                <AriaButton slot="next" className={STEP}>
                  <ChevronRight aria-hidden className="size-4" />
                </AriaButton>
              </header>
              <CalendarGrid className="border-collapse text-center text-[13px] [&_th]:pb-1 [&_th]:font-normal [&_th]:text-muted">
                {(date) => (
                  <CalendarCell
                    date={date}
                    className="grid size-8 cursor-pointer place-items-center rounded-md tabular-nums outline-none hover:bg-hover data-[focus-visible]:ring-2 data-[focus-visible]:ring-accent data-[outside-month]:hidden data-[selected]:bg-accent data-[selected]:text-accent-ink"
                  />
                )}
              </CalendarGrid>
            </Calendar>
          </Dialog>
        </Popover>
      </FieldParts>
    </AriaDatePicker>
  );
}
