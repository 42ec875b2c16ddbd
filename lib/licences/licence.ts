import { z } from 'zod';

/** What a lock file of npm says of the packages it installs, as far as licences go. */
export const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      dev: z.boolean().optional(),
      license: z.string().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
export type Lock = z.infer<typeof Lock>;

export type Licensed = { readonly name: string; readonly version: string; readonly licence: string | null };

/**
 * What the running program is made of, package by package, with the licence each declares (SPDX). A build for one kind of
 * machine that declares none has that of the package it is a part of.
 */
export function licencesOf({ packages }: Lock): Licensed[] {
  const parents = new Map<string, string>();
  for (const { license, optionalDependencies = {} } of Object.values(packages))
    if (license !== undefined)
      for (const name of Object.keys(optionalDependencies)) parents.set(name, license);
  const found = new Map<string, Licensed>();
  for (const [place, { version = '', dev, license }] of Object.entries(packages)) {
    if (place === '' || dev) continue;
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    found.set(`${name}@${version}`, { name, version, licence: license ?? parents.get(name) ?? null });
  }
  return [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Whether an SPDX expression can be met with these licences: all of what AND joins, one of what OR joins. */
export function isMet(expression: string, allowed: ReadonlySet<string>): boolean {
  const bare = expression.trim().replace(/^\((.*)\)$/, '$1');
  const choices = bare.split(/ OR /);
  if (choices.length > 1) return choices.some((one) => isMet(one, allowed));
  return bare.split(/ AND /).every((one) => allowed.has(one.trim()));
}
