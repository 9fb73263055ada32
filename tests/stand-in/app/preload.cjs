const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('probe', {
  invoke: (channel, ...values) => ipcRenderer.invoke(channel, ...values),
  send: (channel, ...values) => ipcRenderer.send(channel, ...values),
  on: (channel, listener) => {
    const forward = (_event, ...values) => listener(...values);
    ipcRenderer.on(channel, forward);
    return () => {
      ipcRenderer.off(channel, forward);
    };
  },
  list: ['a', 'b'],
  missing: () => ipcRenderer.sendToHost('x'),
  requireNode: () => require('node:fs'),
});
