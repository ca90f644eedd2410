export { startServer, version, type Server } from './server.ts'
export { routes } from './routes/index.ts'
export { describe } from './openapi.ts'
