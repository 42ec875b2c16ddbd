'use client';
import { useRouter } from 'next/navigation';
import type { SourceVersion } from '@/lib/sources/version';
import { Select } from '../ui/select';
import { timeWords } from './version-time';

/** Which version is read, and which it is compared with. Both stand in the address, so that they can be sent. */
export function VersionMenu({
  versions,
  shown,
  against,
  hrefOf,
}: {
  versions: readonly SourceVersion[];
  shown: number;
  against: number | null;
  hrefOf: (version: number, against: number | null) => string;
}) {
  const router = useRouter();
  const label = ({ version }: SourceVersion) => `Version ${version}`;
  const newest = versions[0]?.version;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        label="Version to read"
        labelHidden
        size="small"
        className="w-48"
        value={String(shown)}
        onChange={(version) => router.replace(hrefOf(Number(version), against), { scroll: false })}
        options={versions.map((one) => ({
          id: String(one.version),
          label: one.version === newest ? `${label(one)} (newest)` : label(one),
          hint: timeWords(one.created),
        }))}
      />
      <Select
        label="Compare with"
        labelHidden
        size="small"
        className="w-52"
        value={against === null ? 'none' : String(against)}
        onChange={(version) =>
          router.replace(hrefOf(shown, version === 'none' ? null : Number(version)), { scroll: false })
        }
        options={[
          { id: 'none', label: 'Compare with…' },
          ...versions
            .filter(({ version }) => version !== shown)
            .map((one) => ({
              id: String(one.version),
              label: `Compared with version ${one.version}`,
              hint: timeWords(one.created),
            })),
        ]}
      />
    </div>
  );
}
