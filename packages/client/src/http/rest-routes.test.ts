import {
  cookieRequestHeader,
  picturesContentType,
  restRoutes as contractRoutes,
  type RestRoute,
} from '@our-now/contracts/rest.ts'
import { expect, test } from 'vitest'
import { restRoutes, type ClientRoute } from './rest-routes.ts'
import { toPictureBody } from './picture-body.ts'
import { cookieHeader } from './send-request.ts'

test('the table of the browser equals the contract', () => {
  const ours = Object.entries<ClientRoute>(restRoutes).map(
    ([operation, { method, path, auth, pictures }]) => ({
      operation,
      method,
      path,
      auth: auth ?? 'access',
      pictures,
    }),
  )
  const theirs = (contractRoutes as readonly RestRoute[]).map(
    ({ operation, method, path, auth, pictures }) => ({ operation, method, path, auth, pictures }),
  )
  expect(ours).toEqual(theirs)
})

test('the name of a body of pictures equals the contract', async () => {
  expect(toPictureBody('shots', { shots: [] }).type).toBe(picturesContentType)
})

test('the header of cookie requests equals the contract', () => {
  expect(cookieHeader).toEqual([cookieRequestHeader.name, cookieRequestHeader.value])
})
