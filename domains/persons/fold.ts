/** The folded form in which mail addresses and telephone numbers are compared. */
export function fold(kind: 'email' | 'phone', value: string): string {
  const plain = value.normalize('NFKC').trim()
  return kind === 'email' ? plain.toLowerCase() : plain.replace(/[^\d]/g, '').replace(/^81/, '0')
}
