export const VAULT_FORMAT = 'tessera-vault';
export const VAULT_VERSION = 1;
