import { cloneCodecFunctions } from './clone-codec.ts';
import { type PageConfig, pageBridgeFunctions, startPageBridge } from './page-bridge.ts';

/**
 * The text that runs in every page before its own scripts. Node has taken the types out of the functions
 * already, so their source is what a browser understands.
 *
 * @param preload the preload's source (CommonJS), or `undefined`
 */
export function pageScript(config: PageConfig, preload: string | undefined): string {
  const functions = [...cloneCodecFunctions, ...pageBridgeFunctions].map(String).join('\n');
  const wrapped =
    preload === undefined ? 'undefined' : `function (require, module, exports, process) {\n${preload}\n}`;
  return `(() => {\n'use strict';\n${functions}\n${startPageBridge.name}(${JSON.stringify(config)}, ${wrapped});\n})();`;
}
