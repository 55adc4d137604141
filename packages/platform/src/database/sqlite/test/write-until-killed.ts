import { createLogger } from '../../../logging/logger.ts'
import { openDatabase } from '../../open-database.ts'

/** Writes 1, 2, 3 … into the database whose path it is given and prints each number once it is durable. */
const database = await openDatabase(`sqlite:${process.argv[2] ?? ''}`, {
  log: createLogger('silent'),
  migrations: [
    {
      name: '0001-numbers',
      up: async (trx) => trx.schema.createTable('numbers', (table) => void table.integer('n').primary()),
    },
  ],
})
for (let n = 1; ; n++) {
  await database.transaction((trx) => trx('numbers').insert({ n }))
  process.stdout.write(`${n}\n`)
}
