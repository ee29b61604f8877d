import type { PowerMonitor } from 'electron';
import type { PowerPort } from '../host/ports.ts';

/** What the schedule asks of the computer. Electron does not tell whether a network is metered: null, unknown. */
export function createPower(powerMonitor: PowerMonitor): PowerPort {
  return {
    onBattery: () => powerMonitor.onBatteryPower,
    metered: () => null,
    onResume: (listener) => void powerMonitor.on('resume', listener),
  };
}
