/**
 * The address of a W3C annotation container ends in a slash, as its protocol asks. Next would send whoever calls it on to the
 * address without one, which is another.
 */
export function withoutFinalSlash(url: string): string {
  return url.replace(/^(\/api\/projects\/[^/?#]+\/web-annotations)\/(?=$|\?)/, '$1');
}
