export { createGateway, type Gateway, type GatewayDeps } from './service.ts'
export { GatewaySettings, type GatewayConfig } from './config.ts'
