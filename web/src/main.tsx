import { startApp } from './app/start-app.tsx'
import './shared/theme/global.css'

const container = document.getElementById('app')
if (!container) throw new Error('index.html has no #app')
startApp(container)
