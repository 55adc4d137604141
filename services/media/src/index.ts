export { createMedia, type Media, type MediaDeps } from './service.ts'
export { MediaSettings, type MediaConfig } from './config.ts'
