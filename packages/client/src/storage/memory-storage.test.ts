import { describeClientStorage } from './client-storage.suite.ts'
import { createMemoryStorage } from './memory-storage.ts'

describeClientStorage('memory', () => {
  const storage = createMemoryStorage()
  return { reopen: () => storage }
})
