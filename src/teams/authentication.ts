/** Who may speak to the bot, and as whom it speaks: botbuilder's authentication, never off unless that was asked for. */
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { AuthenticationConstants, type BotFrameworkAuthentication, ClaimsIdentity, type ConnectorFactory } from 'botframework-connector'
import type { TeamsConfig } from '../config.ts'
import { Credentials } from './credentials.ts'

export interface Authentication {
  inner: BotFrameworkAuthentication
  credentials: Credentials
  connectorFactory: ConnectorFactory
}

/** botbuilder takes one address of another cloud for all of them. */
const PUBLIC_CLOUD = {
  ToChannelFromBotLoginUrl: AuthenticationConstants.ToChannelFromBotLoginUrl,
  ToChannelFromBotOAuthScope: AuthenticationConstants.ToChannelFromBotOAuthScope,
  ToBotFromChannelTokenIssuer: AuthenticationConstants.ToBotFromChannelTokenIssuer,
  OAuthUrl: AuthenticationConstants.OAuthUrl,
  ToBotFromChannelOpenIdMetadataUrl: AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl,
  ToBotFromEmulatorOpenIdMetadataUrl: AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
}

/** Whether people's Teams is the one at teams.microsoft.com. */
export function isPublicCloud({ cloud }: Pick<TeamsConfig, 'cloud'>): boolean {
  return (
    cloud.ChannelService === undefined &&
    (cloud.ToBotFromChannelTokenIssuer ?? PUBLIC_CLOUD.ToBotFromChannelTokenIssuer) === PUBLIC_CLOUD.ToBotFromChannelTokenIssuer
  )
}

export function createAuthentication({ credentials: own, cloud }: TeamsConfig): Authentication {
  const { ChannelService, ...named } = cloud
  // A cloud that botbuilder knows by its name has all addresses already.
  const addresses = ChannelService === undefined || Object.keys(named).length > 0 ? { ...PUBLIC_CLOUD, ...named } : { ChannelService }
  const credentials = new Credentials(own)
  const inner = new ConfigurationBotFrameworkAuthentication({ ...(own === undefined ? {} : { MicrosoftAppId: own.appId }), ...addresses }, credentials)
  const claims = [AuthenticationConstants.AudienceClaim, AuthenticationConstants.AppIdClaim].map((type) => ({ type, value: own?.appId ?? '' }))
  return { inner, credentials, connectorFactory: inner.createConnectorFactory(new ClaimsIdentity(claims, true)) }
}
