import type { Client } from '@our-now/client/client.ts'
import { createContext, use } from 'react'
import { useDispatch, useSelector } from 'react-redux'
import type { AppDispatch, RootState } from './store.ts'

export const useAppDispatch = useDispatch.withTypes<AppDispatch>()
export const useAppSelector = useSelector.withTypes<RootState>()

/** Provided once by the app root, beside the store's provider. */
export const ClientContext = createContext<Client | undefined>(undefined)

/** The client, for reads that nobody else needs (find a person, list devices). Changes go through thunks. */
export function useClient(): Client {
  const client = use(ClientContext)
  if (!client) throw new Error('useClient is used outside of ClientContext')
  return client
}
