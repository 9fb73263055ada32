import type { PassphraseStrength } from '../../shared/vault/vault.ts';

/** Characters that are judged: the estimate's cost grows with the square of the length. */
const JUDGED_LENGTH = 100;

type Estimate = (passphrase: string) => PassphraseStrength;
let estimator: Promise<Estimate> | undefined;

/**
 * How well a passphrase would hold against guessing. The dictionaries are loaded on first use: they are
 * larger than the rest of the main process.
 */
export async function passphraseStrength(passphrase: string): Promise<PassphraseStrength> {
  estimator ??= loadEstimator();
  const estimate = await estimator;
  return estimate(passphrase.slice(0, JUDGED_LENGTH));
}

async function loadEstimator(): Promise<Estimate> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  const zxcvbn = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
  });
  return (passphrase) => {
    const { score, feedback } = zxcvbn.check(passphrase);
    return { score, warning: feedback.warning || null, suggestions: feedback.suggestions };
  };
}
