/** Who of a chat may use the web page as themselves: what is kept of it. Only hashes are: what opens the page stands in no database. */

export interface SignIn {
  /** `link`: asked for in the chat, opens the page once. `session`: what the browser holds from then on. */
  kind: 'link' | 'session'
  hash: string
  tenant: string
  /** The platform's id, as in the chat. */
  person: string
  /** ISO 8601 in UTC; from then on it opens nothing. */
  until: string
}

export interface SignInStore {
  /** A link takes the place of those that the person asked for before. What has run out by `now`, of anybody, is forgotten. */
  saveSignIn(signIn: SignIn, now: string): Promise<void>
  /** The link is gone with it: of several who try at one time one gets it. */
  takeLink(hash: string, now: string): Promise<SignIn | undefined>
  session(hash: string, now: string): Promise<SignIn | undefined>
  endSession(hash: string): Promise<void>
}
