import { ADDRESSES } from './xss/addresses';
import { LOADING } from './xss/loading';
import { PARSERS } from './xss/parsers';
import { RUNNING } from './xss/running';
import { SPELLING } from './xss/spelling';

/** Html that tries to run script: each would set `__xss` of its window to its own number. */
export type XssCase = {
  readonly name: string;
  readonly id: number;
  /** The hostile part alone. */
  readonly payload: string;
  /** The payload, with words around it that a clean article keeps. */
  readonly html: string;
};

/** The host that some cases ask for something; no page may ever speak to it. */
export const BEACON_HOST = 'beacon.invalid';

/** Every case. */
export const XSS_CASES: readonly XssCase[] = Object.entries({
  ...RUNNING,
  ...ADDRESSES,
  ...LOADING,
  ...PARSERS,
  ...SPELLING,
}).map(([name, template], at) => {
  const id = at + 1;
  // No quote, no space, no bracket: the script stands in any kind of attribute.
  const payload = template
    .replaceAll('~', `self.__xss=${id}`)
    .replaceAll('BEACON', `http://${BEACON_HOST}/${id}`);
  return { name, id, payload, html: `<p>Before.</p>${payload}<p>After.</p>` };
});

/** The name of the case that a number stands for. */
export function caseName(id: unknown): string {
  return XSS_CASES.find((one) => one.id === Number(id))?.name ?? `an unknown case ${String(id)}`;
}
