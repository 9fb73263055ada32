import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions } from 'vite';
import { ipcContract } from './shared/ipc-contract.ts';
import { IPC_EVENTS } from './shared/ipc-events.ts';

const root = import.meta.dirname;

/** What stays outside the Node bundles: Node itself, Electron, and packages with a native binary. */
const EXTERNAL = [/^node:/, ...builtinModules, 'electron', '@node-rs/argon2', 'keytar'];

/** A bundle that runs on Node: the main process, the preload, the command, the practice API, the worker. */
function nodeBundle(
  name: string,
  entry: string,
  format: 'es' | 'cjs' = 'es',
  codeSplitting = true,
): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: [] },
    build: {
      outDir: resolve(root, 'dist', name),
      emptyOutDir: true,
      target: 'node24',
      ssr: true,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: { [entry.replace(/^.*\/(.+)\.ts$/, '$1')]: resolve(root, entry) },
        external: EXTERNAL,
        output: {
          format,
          codeSplitting,
          entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  };
}

export default defineConfig({
  root: resolve(root, 'renderer'),
  base: './',
  plugins: [react()],
  environments: {
    client: {
      build: {
        outDir: resolve(root, 'dist/renderer'),
        emptyOutDir: true,
        target: 'chrome140',
        sourcemap: true,
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        // Read from disk, not from a network: one file is quickest.
        chunkSizeWarningLimit: 2000,
      },
    },
    main: nodeBundle('main', 'electron/main.ts'),
    preload: {
      ...nodeBundle('preload', 'electron/preload/preload.ts', 'cjs'),
      // The preload needs the names and none of the schemas: it is kept free of everything but a loop.
      define: {
        IPC_CHANNELS: JSON.stringify(Object.keys(ipcContract)),
        IPC_EVENTS: JSON.stringify(IPC_EVENTS),
      },
    },
    cli: nodeBundle('cli', 'cli/tessera.ts'),
    practice: nodeBundle('practice', 'practice/serve.ts'),
    // One file without others, which a thread that is given its text could not load.
    worker: nodeBundle('worker', 'core/responses/body-worker.ts', 'es', false),
  },
  builder: {
    async buildApp(builder) {
      await Promise.all(Object.values(builder.environments).map((environment) => builder.build(environment)));
    },
  },
});
