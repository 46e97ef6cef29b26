/**
 * The user who was asked for the password: pkexec(1) sets it itself, whatever the caller had there. Read before the environment
 * is emptied; null for root's own call.
 */
export const askerUid: number | null = uidIn(process.env.PKEXEC_UID)

function uidIn(text: string | undefined): number | null {
  return text !== undefined && /^[0-9]{1,10}$/.test(text) ? Number(text) : null
}
