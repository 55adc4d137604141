import { startBalancer } from './start-balancer.ts'

/** The front door of a cluster on one machine, as a process of its own. */
const port = Number(process.env['BALANCER_PORT'])
const gateways = (process.env['BALANCER_GATEWAYS'] ?? '').split(',')
const balancer = await startBalancer({ host: process.env['BALANCER_HOST'] ?? '127.0.0.1', port, gateways })
console.log(JSON.stringify({ url: balancer.url, message: 'ready' }))
process.once('SIGTERM', () => void balancer.close())
process.once('SIGINT', () => void balancer.close())
