/** Which scopes methods and events ask for, as documented. */

/** Any of the listed ones is enough; of a conversation the ones for its kind. */
export type Needs = readonly string[] | 'read' | 'history'

const BY_KIND = {
  read: { public: ['channels:read'], private: ['groups:read'], im: ['im:read'] },
  history: { public: ['channels:history'], private: ['groups:history'], im: ['im:history'] },
} as const

export function scopesFor(needs: Needs, kind: 'public' | 'private' | 'im'): readonly string[] {
  return needs === 'read' || needs === 'history' ? BY_KIND[needs][kind] : needs
}

/** Events that need none, such as `app_home_opened`, are not listed. */
export const EVENT_SCOPES: Readonly<Record<string, string>> = {
  app_mention: 'app_mentions:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  member_joined_channel: 'channels:read',
  member_left_channel: 'channels:read',
  assistant_thread_started: 'assistant:write',
  assistant_thread_context_changed: 'assistant:write',
  reaction_added: 'reactions:read',
}

export const EVERY_SCOPE: readonly string[] = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'chat:write.customize',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'reactions:read',
  'reactions:write',
  'team:read',
  'users:read',
]
