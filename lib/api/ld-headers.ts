/** The media type of a W3C annotation, and of what lists them. */
export const LD_JSON = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"';

/** Pages of other sites may call with a token; without credentials mode a browser sends them no cookie. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'Accept-Post, Allow, Content-Location, ETag, Link, Location, Preference-Applied, Retry-After, Vary',
};

const PREFLIGHT = {
  'access-control-allow-headers': 'Accept, Authorization, Content-Type, If-Match, Prefer, Slug',
  'access-control-max-age': '600',
  // Every answer of a container has one; how it may be called never changes.
  etag: '"options"',
};

/** What all answers of the Web Annotation container say (Web Annotation Protocol, section 4.1). */
export const CONTAINER_HEADERS = {
  ...CORS,
  link: '<http://www.w3.org/ns/ldp#BasicContainer>; rel="type", <http://www.w3.org/TR/annotation-protocol/>; rel="http://www.w3.org/ns/ldp#constrainedBy"',
  allow: 'GET, HEAD, OPTIONS, POST',
  vary: 'Accept, Prefer',
  'accept-post': LD_JSON,
};

/** What all answers of one annotation say (section 3.1). */
export const ANNOTATION_HEADERS = {
  ...CORS,
  link: '<http://www.w3.org/ns/ldp#Resource>; rel="type", <http://www.w3.org/ns/oa#Annotation>; rel="type"',
  allow: 'GET, HEAD, OPTIONS, PUT, DELETE',
  vary: 'Accept',
};

/** A page of the container is none itself (section 4.3). */
export const PAGE_HEADERS = {
  link: '<http://www.w3.org/ns/ldp#Resource>; rel="type"',
  allow: 'GET, HEAD, OPTIONS',
};

export const CONTAINER_PREFLIGHT = {
  ...CONTAINER_HEADERS,
  ...PREFLIGHT,
  'access-control-allow-methods': CONTAINER_HEADERS.allow,
};
export const ANNOTATION_PREFLIGHT = {
  ...ANNOTATION_HEADERS,
  ...PREFLIGHT,
  'access-control-allow-methods': ANNOTATION_HEADERS.allow,
};
