/**
 * Why a mark was made. `highlighting`, `commenting` and `classifying` are W3C Web Annotation motivations
 * (Web Annotation Vocabulary, section 3.3.1); `quoting` and `claiming` are ours.
 */
export const MOTIVATIONS = ['highlighting', 'quoting', 'claiming', 'commenting', 'classifying'] as const;
