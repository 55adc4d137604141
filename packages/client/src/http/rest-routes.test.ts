import { cookieRequestHeader, restRoutes as contractRoutes } from '@our-now/contracts/rest.ts'
import { expect, test } from 'vitest'
import { restRoutes, type ClientRoute } from './rest-routes.ts'
import { cookieHeader } from './send-request.ts'

test('the table of the browser equals the contract', () => {
  const ours = Object.entries<ClientRoute>(restRoutes).map(([operation, { method, path, auth }]) => ({
    operation,
    method,
    path,
    auth: auth ?? 'access',
  }))
  const theirs = contractRoutes.map(({ operation, method, path, auth }) => ({
    operation,
    method,
    path,
    auth,
  }))
  expect(ours).toEqual(theirs)
})

test('the header of cookie requests equals the contract', () => {
  expect(cookieHeader).toEqual([cookieRequestHeader.name, cookieRequestHeader.value])
})
