import { type EventEmitter, once } from 'node:events';
import { Message, type MessageBus, sessionBus, systemBus } from '@jellybrick/dbus-next';

/** A bus on the same machine answers at once, or there is none. */
const CONNECT_MS = 5_000;

interface Signal {
  readonly interface: string;
  readonly member: string;
  /** Whether the signal's argument has to be `true`: it announces an end as well. */
  readonly whenTrue: boolean;
}

const SCREEN_SAVERS = [
  'org.freedesktop.ScreenSaver',
  'org.gnome.ScreenSaver',
  'org.cinnamon.ScreenSaver',
  'org.mate.ScreenSaver',
] as const;

/** What desktops say on the user's bus, and systemd-logind on the system's. */
const SESSION_SIGNALS: readonly Signal[] = SCREEN_SAVERS.map((name) => ({
  interface: name,
  member: 'ActiveChanged',
  whenTrue: true,
}));
const SYSTEM_SIGNALS: readonly Signal[] = [
  { interface: 'org.freedesktop.login1.Session', member: 'Lock', whenTrue: false },
  { interface: 'org.freedesktop.login1.Manager', member: 'PrepareForSleep', whenTrue: true },
];

/**
 * Calls `onAbsence` when the screen is locked or the machine is put to sleep. Where a bus is missing, its
 * signals are: the vault still locks by itself after a while. Anybody on the bus can send them, and can do
 * no more with it than lock the vault.
 *
 * @returns the function that ends it
 */
export async function watchSession(onAbsence: () => void): Promise<() => void> {
  const buses = await Promise.all([
    listen(() => sessionBus(), SESSION_SIGNALS, onAbsence),
    listen(() => systemBus(), SYSTEM_SIGNALS, onAbsence),
  ]);
  return () => {
    for (const bus of buses) bus?.disconnect();
  };
}

async function listen(
  connect: () => MessageBus,
  signals: readonly Signal[],
  onAbsence: () => void,
): Promise<MessageBus | null> {
  try {
    const bus = connect();
    const connected = once(bus, 'connect', { signal: AbortSignal.timeout(CONNECT_MS) });
    // A bus that goes away later is no reason to end.
    (bus as EventEmitter).on('error', () => undefined);
    await connected;
    bus.on('message', (message: Message) => {
      if (signals.some((signal) => isMeant(message, signal))) onAbsence();
    });
    for (const { interface: name, member } of signals) {
      await bus.call(addMatch(`type='signal',interface='${name}',member='${member}'`));
    }
    return bus;
  } catch {
    return null;
  }
}

function isMeant(message: Message, signal: Signal): boolean {
  return (
    message.interface === signal.interface &&
    message.member === signal.member &&
    (!signal.whenTrue || message.body[0] === true)
  );
}

function addMatch(rule: string): Message {
  return new Message({
    destination: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interface: 'org.freedesktop.DBus',
    member: 'AddMatch',
    signature: 's',
    body: [rule],
  });
}
