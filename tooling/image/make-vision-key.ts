import { makeVisionKey } from '../cluster/make-vision-key.ts'

/** Makes the key that all replicas of vision share, unless it is there: once, before the first of them starts. */
const file = await makeVisionKey(process.argv[3] ?? '/keys')
console.log(`key of vision: ${file}: keep it apart from the backups of its database`)
