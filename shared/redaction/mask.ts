/** What stands in an answer where a secret stood, whatever its length. */
export const MASK = '••••';
