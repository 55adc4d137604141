import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed } from './build/compress-plugin.ts'
import { serviceWorker } from './build/service-worker-plugin.ts'

const gateway = process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react(), serviceWorker(), compressed()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    target: 'es2023',
    // The content security policy allows no data: URLs for fonts, styles or scripts.
    assetsInlineLimit: 0,
  },
  server: {
    port: 5173,
    proxy: {
      '/api': { target: gateway },
      '/socket.io': { target: gateway, ws: true },
    },
  },
})
