import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { watchSession } from '../../../electron/vault/linux-session.ts';
import { PrivateBus } from '../../support/secret-service.ts';

describe.skipIf(process.platform !== 'linux')('the session of a Linux desktop', () => {
  let bus: PrivateBus;
  beforeAll(async () => {
    bus = await PrivateBus.start();
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', bus.address);
    vi.stubEnv('DBUS_SYSTEM_BUS_ADDRESS', bus.address);
  });
  afterAll(() => bus.stop());

  function emit(path: string, signal: string, ...args: string[]): void {
    const { status } = spawnSync(
      'gdbus',
      ['emit', '--session', '--object-path', path, '--signal', signal, ...args],
      {
        env: { PATH: process.env.PATH, DBUS_SESSION_BUS_ADDRESS: bus.address },
      },
    );
    expect(status).toBe(0);
  }

  async function watched(emitAll: () => void, calls: number): Promise<void> {
    const onAbsence = vi.fn();
    const end = await watchSession(onAbsence);
    emitAll();
    // Comes after all others on the same bus: once it is here, they are.
    emit('/org/mate/ScreenSaver', 'org.mate.ScreenSaver.ActiveChanged', 'true');
    await vi.waitFor(() => expect(onAbsence).toHaveBeenCalledTimes(calls + 1));
    end();
  }

  it.each([
    [
      'its screen is locked',
      '/org/freedesktop/ScreenSaver',
      'org.freedesktop.ScreenSaver.ActiveChanged',
      ['true'],
    ],
    ['GNOME locks it', '/org/gnome/ScreenSaver', 'org.gnome.ScreenSaver.ActiveChanged', ['true']],
    ['logind locks it', '/org/freedesktop/login1/session/_31', 'org.freedesktop.login1.Session.Lock', []],
    [
      'the computer goes to sleep',
      '/org/freedesktop/login1',
      'org.freedesktop.login1.Manager.PrepareForSleep',
      ['true'],
    ],
  ])('says so when %s', async (_what, path, signal, args) => {
    await watched(() => emit(path, signal, ...args), 1);
  });

  it('says nothing when somebody comes back, or of other things', async () => {
    await watched(() => {
      emit('/org/freedesktop/ScreenSaver', 'org.freedesktop.ScreenSaver.ActiveChanged', 'false');
      emit('/org/freedesktop/login1', 'org.freedesktop.login1.Manager.PrepareForSleep', 'false');
      emit('/org/freedesktop/login1', 'org.freedesktop.login1.Session.Unlock');
    }, 0);
  });

  it('without a bus is not watched, and stops nothing', async () => {
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'unix:path=/nonexistent/bus');
    vi.stubEnv('DBUS_SYSTEM_BUS_ADDRESS', 'unix:path=/nonexistent/bus');
    const end = await watchSession(() => undefined);
    end();
  });
});
