// @ts-check
/** `npm run e2e:cluster`: every end-to-end test on the product over many processes. Arguments go to vitest. */
process.env.E2E_MODE = 'cluster'
process.argv.push('--project', 'e2e')
await import('./test.mjs')
