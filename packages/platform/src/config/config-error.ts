/** The product cannot start as it is set up. The message names the settings, never their values. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ConfigError'
  }
}
