import { dirname } from 'node:path'
import { sharedFolders } from './workstation'

/**
 * A bash script that gives a space its own root: this machine's files below, a temporary file system above, so that
 * whatever is written is gone with the space. Folders that hold this machine's own settings, machines and
 * sockets are emptied. What was written can be seen below /run/lab-written.
 * @param mountpoint an empty folder of this machine; it stays empty for everybody outside the space
 */
export function throwAwayRoot(mountpoint: string): string {
  const node = dirname(dirname(process.execPath))
  return `
mount -t tmpfs -o mode=755 tmpfs ${mountpoint}
cd ${mountpoint}
mkdir upper work root
mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work root
cd root
cp -r etc/libvirt/nwfilter ../nwfilter || mkdir ../nwfilter
for folder in ${emptied.join(' ')}; do
  mkdir -p $folder
  mount -t tmpfs -o mode=755 tmpfs $folder
done
cp -r ../nwfilter etc/libvirt/
for folder in ${sharedFolders.join(' ')}; do
  mkdir -p .$folder
  mount --rbind $folder .$folder
done
# Node, where it is on a file system of its own.
[ -e .${process.execPath} ] || { mkdir -p .${node}; mount --rbind ${node} .${node}; }
mount --rbind /dev dev
mount -t proc proc proc
mount -t sysfs sysfs sys
rm -f etc/resolv.conf
: > etc/resolv.conf
# What is written to the root, and to nothing below it that is a file system of its own.
mkdir -p run/lab-written
mount --bind ../upper run/lab-written
mount -o remount,bind,ro run/lab-written
hostname workstation
echo workstation > etc/hostname
printf '127.0.0.1 localhost\\n127.0.1.1 workstation\\n' > etc/hosts
mkdir run/old
pivot_root . run/old
cd /
umount --lazy /run/old
rmdir /run/old
ip link set lo up
`
}

const emptied = [
  'run',
  'etc/NetworkManager',
  // Ubuntu keeps a file there that leaves every Ethernet card alone.
  'usr/lib/NetworkManager/conf.d',
  'var/lib/NetworkManager',
  'etc/libvirt',
  'var/lib/libvirt',
  'var/cache/libvirt',
  'var/log/libvirt',
]
