/** Failures as OpenAI itself tells them. */
import type { ServerResponse } from 'node:http'

export interface ApiError {
  status: number
  message: string
  type?: string
  param?: string | null
  code?: string | null
  headers?: Record<string, string>
}

/** What OpenAI itself says, by code or status; without "try again in", which a client takes for an order to wait. */
export const KNOWN_ERRORS: Record<string, Omit<ApiError, 'status'>> = {
  400: { message: 'Invalid request.' },
  401: { message: 'Incorrect API key provided.', code: 'invalid_api_key' },
  404: { message: 'The model does not exist or you do not have access to it.', code: 'model_not_found' },
  429: { message: 'Rate limit reached for requests.', type: 'requests', code: 'rate_limit_exceeded' },
  500: { message: 'The server had an error while processing your request. Sorry about that!', type: 'server_error' },
  503: { message: 'The engine is currently overloaded, please try again later.', type: 'server_error' },
  insufficient_quota: { message: 'You exceeded your current quota, please check your plan and billing details.', type: 'insufficient_quota' },
  context_length_exceeded: { message: "This model's maximum context length is 8192 tokens. Please reduce the length of the messages.", param: 'messages' },
}

export function sendError(
  response: ServerResponse,
  { status, message, type = 'invalid_request_error', param = null, code = null, headers = {} }: ApiError,
): void {
  if (response.destroyed) return
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ error: { message, type, param, code } }))
}
