import { observer } from 'mediasoup'

/** What mediasoup holds in this process, of all its workers from now on. */
export function countMedia() {
  const open = { routers: 0, transports: 0, producers: 0, consumers: 0 }
  const count = (
    kind: keyof typeof open,
    of: { once(event: 'close', listener: () => void): unknown },
  ): void => {
    open[kind] += 1
    of.once('close', () => {
      open[kind] -= 1
    })
  }
  observer.on('newworker', (worker) =>
    worker.observer.on('newrouter', (router) => {
      count('routers', router.observer)
      router.observer.on('newtransport', (transport) => {
        count('transports', transport.observer)
        transport.observer.on('newproducer', (producer) => count('producers', producer.observer))
        transport.observer.on('newconsumer', (consumer) => count('consumers', consumer.observer))
      })
    }),
  )
  return () => ({ ...open })
}
