export {
  adjustStock,
  countStock,
  openStock,
  receiveStock,
  receiveTransfer,
  sendTransfer,
  setPrices,
} from './stock.ts'
