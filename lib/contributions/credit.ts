import type { Contribution } from './contribution';

/** Where the roles come from. */
export const CREDIT_CITE =
  'CRediT, Contributor Role Taxonomy, ANSI/NISO Z39.104-2022, credit.niso.org (CC BY 4.0)';

/** The fourteen roles of the taxonomy, in its order. */
export const CREDIT_ROLES = [
  'Conceptualization',
  'Data curation',
  'Formal analysis',
  'Funding acquisition',
  'Investigation',
  'Methodology',
  'Project administration',
  'Resources',
  'Software',
  'Supervision',
  'Validation',
  'Visualization',
  'Writing – original draft',
  'Writing – review & editing',
] as const;
export type CreditRole = (typeof CREDIT_ROLES)[number];

/** What in the record speaks for a role. Roles that leave no trace here are never suggested. */
const SPEAKS_FOR: Partial<Record<CreditRole, (one: Contribution) => number>> = {
  'Data curation': ({ sources, quotes }) => sources + quotes,
  'Formal analysis': ({ codings, claims, evidence }) => codings + claims + evidence,
  Investigation: ({ marks, quotes, evidence }) => marks + quotes + evidence,
  Methodology: ({ codebook }) => codebook,
  Validation: ({ decisions, reviews }) => decisions + reviews,
  'Writing – original draft': ({ letters, lettersAtOnce }) => letters - lettersAtOnce,
  'Writing – review & editing': ({ comments, threads }) => comments + threads,
};

/** A share of what all did together, from which on a role is suggested. */
const LEAST_SHARE = 0.1;

/** The roles that the record speaks for, by person; each suggested to whoever did at least a tenth of its work. */
export function suggestRoles(people: readonly Contribution[]): Map<string, CreditRole[]> {
  const total = (of: (one: Contribution) => number) => people.reduce((sum, one) => sum + of(one), 0);
  return new Map(
    people.map((one) => [
      one.person.id,
      CREDIT_ROLES.filter((role) => {
        const of = SPEAKS_FOR[role];
        return of !== undefined && of(one) > 0 && of(one) >= LEAST_SHARE * total(of);
      }),
    ]),
  );
}

/** A statement as journals print it: a sentence a person, with their roles in the taxonomy's order. */
export function creditStatement(people: readonly { name: string; roles: readonly CreditRole[] }[]): string {
  return people
    .filter(({ roles }) => roles.length > 0)
    .map(({ name, roles }) => `${name}: ${CREDIT_ROLES.filter((role) => roles.includes(role)).join(', ')}.`)
    .join(' ');
}
