/** What a failed call to Slack means for who wanted to say something. */
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api'
import { DeliveryError } from '../chat/exchange.ts'

/** The place, the person or the installation is no longer there: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const GONE: ReadonlySet<string> = new Set([
  'account_inactive',
  'app_missing_action_url',
  'cannot_dm_bot',
  'cant_update_message',
  'channel_not_found',
  'invalid_auth',
  'is_archived',
  'message_not_found',
  'not_authed',
  'not_in_channel',
  'org_login_required',
  'restricted_action',
  'restricted_action_read_only_channel',
  'team_access_not_granted',
  'token_expired',
  'token_revoked',
  'user_disabled',
  'user_not_found',
  'user_not_in_channel',
  'user_not_visible',
  'users_not_found',
])

/** Slack had trouble of its own. */
const LATER: ReadonlySet<string> = new Set([
  'fatal_error',
  'internal_error',
  'ratelimited',
  'rate_limited',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
])

export function platformCode(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined
}

/** A refusal that is neither is a fault of ours, and stays what it is. */
export function asDeliveryError(error: unknown, method: string): unknown {
  const code = platformCode(error)
  if (code !== undefined && GONE.has(code)) return new DeliveryError('gone', `${method}: ${code}`, { cause: error })
  if (code !== undefined && LATER.has(code)) return new DeliveryError('later', `${method}: ${code}`, { cause: error })
  if (error instanceof WebAPIHTTPError) return new DeliveryError('later', `${method}: HTTP ${error.statusCode}`, { cause: error })
  if (error instanceof WebAPIRateLimitedError || error instanceof WebAPIRequestError)
    return new DeliveryError('later', `${method}: ${error.message}`, { cause: error })
  return error
}

/** Slack may have done it although it did not say so. */
export function isDoubtful(error: unknown): boolean {
  return error instanceof WebAPIHTTPError || error instanceof WebAPIRequestError || LATER.has(platformCode(error) ?? '')
}
