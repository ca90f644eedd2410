export { backup, type Backup } from './backup.ts'
export { erasureFile, keepsErasures } from './erasures.ts'
export { inspect, NotRestored, restore, type Restored } from './restore.ts'
