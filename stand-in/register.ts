import { registerHooks } from 'node:module';

const STAND_IN = new URL('electron.ts', import.meta.url).href;

/** `node --import ./stand-in/register.ts main.js`: whoever asks for "electron" gets the stand-in. */
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier !== 'electron' && specifier !== 'electron/main') return nextResolve(specifier, context);
    return { url: STAND_IN, format: 'module-typescript', shortCircuit: true };
  },
});
