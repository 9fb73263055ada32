import { Hono } from 'hono';
import { isJson, jsonFields } from '../request-fields.ts';
import type { RefuseSipgate } from './sipgate-access.ts';

/** How many messages the balance covers; a reset fills it up. */
const BALANCE_MESSAGES = 3;
const LONGEST_MESSAGE = 160;

/** Sends text messages, to nobody: the one endpoint that takes a body, and that costs something. */
export function sms(refuse: RefuseSipgate): Hono {
  let left = BALANCE_MESSAGES;
  const api = new Hono();
  api.post('/', async (context) => {
    const refusal = refuse(context, 'sessions:sms:write');
    if (refusal !== null) return refusal;
    if (!isJson(context.req)) return context.json({ error: 'the body has to be application/json' }, 415);
    const { smsId = '', recipient = '', message = '' } = (await jsonFields(context.req)) ?? {};
    if (
      smsId === '' ||
      !/^\+\d{5,15}$/.test(recipient) ||
      message === '' ||
      message.length > LONGEST_MESSAGE
    ) {
      return context.json(
        { error: 'smsId, a recipient such as +4915112345678 and a message are wanted' },
        400,
      );
    }
    if (left === 0) return context.json({ error: 'the balance does not cover this' }, 402);
    left -= 1;
    return context.body(null, 204);
  });
  return api;
}
