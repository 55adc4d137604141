import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { describeClientStorage } from './client-storage.suite.ts'
import { createIndexedDbStorage } from './indexed-db-storage.ts'

describeClientStorage('IndexedDB', () => {
  globalThis.indexedDB = new IDBFactory()
  return { reopen: createIndexedDbStorage }
})
