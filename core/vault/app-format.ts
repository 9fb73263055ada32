export const APP_FORMAT = 'tessera-app';
export const APP_VERSION = 1;
