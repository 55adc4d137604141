/** Somebody signed up through the door, as people do. */
export interface Person {
  readonly userId: string
  readonly accessToken: string
}

/** Calls at once while people sign up: more would only wait for the password hashes. */
const atOnce = 8

/** Signs up this many people. Their access tokens end after ten minutes. */
export async function signUpPeople(url: string, count: number, prefix: string): Promise<Person[]> {
  const people: Person[] = []
  const numbers = Array.from({ length: count }, (_, index) => index)
  while (numbers.length > 0)
    people.push(...(await Promise.all(numbers.splice(0, atOnce).map((n) => signUp(url, `${prefix}${n}`)))))
  return people
}

export const passwordOfAll = 'a long enough pass phrase'

async function signUp(url: string, handle: string): Promise<Person> {
  const { account, accessToken } = await post<{ account: { userId: string }; accessToken: string }>(
    url,
    '/api/auth/register',
    { handle, password: passwordOfAll, displayName: handle, deviceName: 'bench' },
  )
  return { userId: account.userId, accessToken }
}

/** One room of these people; the first makes it. */
export async function makeRoom(url: string, [owner, ...guests]: readonly Person[]): Promise<string> {
  if (owner === undefined) throw new Error('a room needs somebody')
  const body = { userIds: guests.map(({ userId }) => userId), name: 'bench' }
  return (await post<{ roomId: string }>(url, '/api/rooms', body, owner.accessToken)).roomId
}

async function post<R>(url: string, path: string, body: object, token?: string): Promise<R> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: url,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  /** True because the contract says what each route answers. */
  return (await response.json()) as R
}
