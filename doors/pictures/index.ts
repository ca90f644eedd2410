export { takePicture, type Taken } from './take.ts'
