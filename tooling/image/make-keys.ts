import { makeAuthKeys } from '../cluster/make-auth-keys.ts'

/** Makes the keys that all replicas of auth share, unless they are there: once, before the first of them starts. */
const { signingKeyFile, refreshKeyFile, factorKeyFile } = await makeAuthKeys(process.argv[3] ?? '/keys')
console.log(
  `keys of auth: ${signingKeyFile}, ${refreshKeyFile}, ${factorKeyFile}: keep them with the backups`,
)
