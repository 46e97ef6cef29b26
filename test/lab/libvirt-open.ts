import { connectLibvirt } from '../../electron/libvirt/libvirt'
import { toFailure } from '../../shared/failure'

// Opens libvirt as a user of the lab, and prints what came of it as JSON: libvirt-open.ts UID GID.
// It becomes that user itself, since the checkout may be where that user cannot read it.
const [uid, gid] = process.argv.slice(2)

function becomeUser(): void {
  process.setgroups?.([Number(gid)])
  process.setgid?.(Number(gid))
  process.setuid?.(Number(uid))
}

async function outcome(): Promise<unknown> {
  try {
    const libvirt = await connectLibvirt('qemu:///system')
    const { hostname } = await libvirt.call('connectGetHostname', {})
    await libvirt.close()
    return { hostname }
  } catch (thrown) {
    return toFailure(thrown)
  }
}

becomeUser()
void outcome().then((result) => process.stdout.write(JSON.stringify(result)))
