import { expect, test } from 'vitest'
import { chooseNode } from './choose-node.ts'

const node = (nodeId: string, load: number | null) => ({ nodeId, url: `http://${nodeId}`, load })

test('a new call begins at the node with clearly less to do, else here', () => {
  const me = node('me', 20)
  expect(chooseNode(me, [me]).nodeId).toBe('me')
  expect(chooseNode(me, [me, node('same', 18)]).nodeId).toBe('me')
  expect(chooseNode(me, [node('calm', 2), me, node('busy', 90)]).nodeId).toBe('calm')
})

test('a node without workers gets no call while another one has some', () => {
  expect(chooseNode(node('me', null), [node('busy', 500), node('lame', null)]).nodeId).toBe('busy')
  expect(chooseNode(node('me', 500), [node('lame', null)]).nodeId).toBe('me')
})
