export { SearchEngine, type Document, type Field, type Found, type Words } from './engine.ts'
export { fold } from './fold.ts'
export { allWords, saveWords, wordsOf, WordsStale, type ShopWords } from './words.ts'
