import type Electron from 'electron';
import { registerSchemes } from './chromium/addresses.ts';
import type { ProtocolHandler } from './chromium/traffic.ts';
import { refusing } from './unimplemented.ts';

const handlers = new Map<string, ProtocolHandler>();

export const protocol = refusing(
  {
    registerSchemesAsPrivileged: registerSchemes,
    handle(scheme, handler) {
      if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
      handlers.set(scheme, handler as ProtocolHandler);
    },
    unhandle(scheme) {
      if (!handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
    },
    isProtocolHandled: (scheme) => handlers.has(scheme),
  } satisfies Pick<
    Electron.Protocol,
    'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'
  >,
  'electron.protocol',
);

export function protocolHandler(scheme: string): ProtocolHandler | undefined {
  return handlers.get(scheme);
}
