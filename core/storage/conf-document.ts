import Conf from 'conf';
import type { OpenDocument } from './document-store.ts';
import { openStoreDocument } from './store-document.ts';

/** Documents through conf, as the command keeps them: electron-store would import `electron`. */
export const openConfDocument: OpenDocument = (path) => openStoreDocument(Conf, path);
