/** A pairing link: /stand/#pair=CODE&venue=ID, which a manager's screen shows as a QR code. */
export function pairingIn(hash: string): { code: string; venue: string } | null {
  const parts = new URLSearchParams(hash.replace(/^#/, ''))
  const [code, venue] = [parts.get('pair'), parts.get('venue')]
  return code && venue ? { code, venue } : null
}
