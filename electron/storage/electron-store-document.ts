import { ipcMain } from 'electron';
import ElectronStore from 'electron-store';
import type { OpenDocument } from '../../core/storage/document-store.ts';
import { openStoreDocument } from '../../core/storage/store-document.ts';

/** Documents through electron-store, as the window keeps them. */
export const openElectronStoreDocument: OpenDocument = (path) => {
  const document = openStoreDocument(ElectronStore, path);
  // electron-store answers any page that asks for the data folder; the contract is the only list of channels.
  ipcMain.removeAllListeners('electron-store-get-data');
  return document;
};
