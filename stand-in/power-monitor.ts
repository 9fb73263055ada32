import { EventEmitter } from 'node:events';
import { throwWhenMissing } from './unimplemented.ts';

/** Announces nothing by itself: a browser does not know of sleep or of a locked screen. */
class PowerMonitor extends EventEmitter {
  getSystemIdleTime(): number {
    return 0;
  }
}

throwWhenMissing(PowerMonitor, 'electron.powerMonitor');

export const powerMonitor = new PowerMonitor();
