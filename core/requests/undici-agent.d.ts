/**
 * Undici's agent alone. The package's entry loads fetch, WebSocket, caches and mocks too, and takes three
 * times as long: that would be felt at every start of the command.
 */
declare module 'undici/lib/dispatcher/agent.js' {
  import { Agent } from 'undici';

  export = Agent;
}
